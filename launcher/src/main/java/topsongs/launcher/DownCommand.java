package topsongs.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Stops the stack that another terminal started, and whatever a killed one left behind. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stop everything that ./top-songs up started. The data stays.")
final class DownCommand implements Callable<Integer> {
  private static final int LIMIT_SECONDS = 120;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var home = Home.find();
    var launcher = ProcessFile.read(home.processFile("launcher"));
    if (launcher.isPresent()) {
      System.out.println("Stopping everything");
      launcher.get().destroy();
      awaitEnd(launcher.get());
    }
    int leftOver = stopLeftOver(home);
    System.out.println(
        launcher.isEmpty() && leftOver == 0 ? "Nothing was running." : "Stopped. The data stays.");
    return 0;
  }

  /** A launcher that was killed could not stop its children. */
  static int stopLeftOver(Home home) throws IOException, InterruptedException {
    var folder = home.state().resolve("run");
    if (!Files.exists(folder)) {
      return 0;
    }
    int stopped = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (var file : files.toList()) {
        var process = ProcessFile.read(file);
        if (process.isPresent()) {
          process.get().destroy();
          awaitEnd(process.get());
          stopped++;
        }
        ProcessFile.delete(file);
      }
    }
    return stopped;
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    CompletableFuture<ProcessHandle> end = process.onExit();
    try {
      end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot wait for process " + process.pid(), e);
    }
  }
}
