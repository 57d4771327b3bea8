package topsongs.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How child processes are made. */
final class Commands {
  private static final int TAIL_LINES = 15;
  private static final long TAIL_BYTES = 64 * 1024;

  private Commands() {}

  static List<String> java(List<String> flags, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of(arguments));
    return command;
  }

  /** A Spark job of a room. */
  static List<String> spark(Home home, String room, List<String> flags, String... arguments) {
    var command = java(flags);
    command.add("@" + home.room("contract").resolve("spark.jvm"));
    command.addAll(
        List.of("-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=UTC", "-Dspark.master=local[2]"));
    command.addAll(List.of("-cp", home.classpath(room)));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * A child that ignores Ctrl-C, which a terminal sends to all processes at once: the launcher
   * alone hears it and stops the others in order.
   */
  static ProcessBuilder builder(List<String> command, Map<String, String> environment, Path log) {
    var shell = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
    shell.addAll(command);
    var builder =
        new ProcessBuilder(shell)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder;
  }

  /** The last lines of a log, for an error that a person reads. */
  static String tail(Path log) {
    try (var file = Files.newByteChannel(log)) {
      file.position(Math.max(0, file.size() - TAIL_BYTES));
      var lines =
          new String(
                  java.nio.channels.Channels.newInputStream(file).readAllBytes(),
                  StandardCharsets.UTF_8)
              .lines()
              .toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }
}
