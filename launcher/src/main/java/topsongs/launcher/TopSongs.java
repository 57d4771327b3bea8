package topsongs.launcher;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import topsongs.launcher.server.ServeCommand;

/** The one program a person needs to run the stack without Docker. */
@Command(
    name = "top-songs",
    mixinStandardHelpOptions = true,
    description = "Plays in over HTTP, the Top 10 of every region out.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      DoctorCommand.class,
      SimulateCommand.class,
      ChartCommand.class,
      LogsCommand.class,
      DrillCommand.class,
      ServeCommand.class
    })
final class TopSongs {
  private TopSongs() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new TopSongs())
            .registerConverter(Instant.class, text -> OffsetDateTime.parse(text).toInstant())
            .setExecutionExceptionHandler(TopSongs::sayWhy)
            .execute(arguments));
  }

  /** What stands in the way is one line; only what nobody foresaw is a stack trace. */
  private static int sayWhy(
      Exception exception, CommandLine command, CommandLine.ParseResult arguments)
      throws Exception {
    if (exception instanceof InterruptedException) {
      return 130;
    }
    if (exception instanceof IllegalStateException
        || exception instanceof IllegalArgumentException
        || exception instanceof UncheckedIOException) {
      command.getErr().println("✗ " + exception.getMessage());
      return 1;
    }
    throw exception;
  }
}
