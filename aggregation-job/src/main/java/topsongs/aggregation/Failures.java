package topsongs.aggregation;

import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The job's error voice: whatever went wrong, the last line says it. */
final class Failures {
  private Failures() {}

  /** Exit code 2: the command line is wrong. */
  static int misused(ParameterException wrong, String[] args) {
    var err = wrong.getCommandLine().getErr();
    err.println("Try --help.");
    err.println(lastLine(wrong));
    return ExitCode.USAGE;
  }

  /** Exit code 1: the trace first, for whoever has to find out. */
  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    failure.printStackTrace(command.getErr());
    command.getErr().println(lastLine(failure));
    return ExitCode.SOFTWARE;
  }

  static String lastLine(Throwable failure) {
    var cause = rootCause(failure);
    var reason = cause.getMessage() == null ? cause.toString() : firstLine(cause.getMessage());
    return reason.startsWith("Cannot ") ? reason : "Cannot make charts: " + reason;
  }

  private static Throwable rootCause(Throwable failure) {
    return Stream.iterate(failure, Throwable::getCause)
        .takeWhile(cause -> cause.getCause() != null)
        .reduce((earlier, later) -> later)
        .map(Throwable::getCause)
        .orElse(failure);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
