package topsongs.streaming;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;
import sun.misc.Signal;

/**
 * How the process ends: with 0 when it was asked to, with 1 and a reason when it could not go on.
 */
final class Termination {
  private Termination() {}

  /**
   * What SIGTERM and Ctrl-C do before the process ends with 0, instead of a plain JVM's 143.
   *
   * @param stop must be bounded; the process ends even when it fails
   */
  static void onSignal(Runnable stop) {
    for (var name : new String[] {"TERM", "INT"}) {
      var unused = Signal.handle(new Signal(name), signal -> end(stop));
    }
  }

  /** Abandons the micro-batch that is under way; the next run does it again. */
  static void stop(StreamingQuery query) {
    try {
      query.stop();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Cannot stop the stream in time: " + e.getMessage(), e);
    }
  }

  /** The trace for whoever has to find out, and a last line that says what happened. */
  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    failure.printStackTrace(command.getErr());
    var reason = String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason");
    command
        .getErr()
        .println(reason.startsWith("Cannot ") ? reason : "Cannot stream plays: " + reason);
    return ExitCode.SOFTWARE;
  }

  private static void end(Runnable stop) {
    try {
      stop.run();
    } finally {
      System.exit(0);
    }
  }
}
