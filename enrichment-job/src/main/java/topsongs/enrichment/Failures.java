package topsongs.enrichment;

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

  /** The failure as it was told to us, with the reason at its bottom. */
  static String lastLine(Throwable failure) {
    var told = firstLine(failure);
    var reason = firstLine(rootCause(failure));
    var line = told.contains(reason) ? told : told + " (" + reason + ")";
    return line.startsWith("Cannot ") ? line : "Cannot enrich plays: " + line;
  }

  private static Throwable rootCause(Throwable failure) {
    var cause = failure.getCause();
    return cause == null ? failure : rootCause(cause);
  }

  private static String firstLine(Throwable failure) {
    var message = failure.getMessage();
    return message == null
        ? failure.toString()
        : message.strip().lines().findFirst().orElse(message);
  }
}
