package topsongs.launcher;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The one program a person needs to run the stack without Docker. */
@Command(
    name = "top-songs",
    mixinStandardHelpOptions = true,
    description = "Plays in over HTTP, the Top 10 of every region out.",
    subcommands = {ServeCommand.class})
final class TopSongs {
  private TopSongs() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TopSongs()).execute(arguments));
  }
}
