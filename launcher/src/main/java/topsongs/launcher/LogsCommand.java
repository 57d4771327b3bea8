package topsongs.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Follows the logs of the stack's processes. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Follow the logs of all parts, or of the parts named (such as streaming-job).")
final class LogsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PART", description = "Parts to follow; all when none is named.")
  List<String> parts = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var home = Home.find();
    var command = new ArrayList<>(List.of("tail", "-n", "20", "-F"));
    for (var log : parts.isEmpty() ? all(home) : parts.stream().map(home::log).toList()) {
      if (!Files.exists(log)) {
        System.err.printf(
            "Cannot show %s: no such log; there are %s%n", log.getFileName(), all(home));
        return 1;
      }
      command.add(log.toString());
    }
    var tail = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(tail::destroy, "stop-tail"));
    return tail.waitFor();
  }

  private static List<Path> all(Home home) throws IOException {
    var folder = home.state().resolve("logs");
    if (!Files.exists(folder)) {
      throw new IllegalStateException(
          "Cannot show logs: nothing was started here; ./top-songs up starts it");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
