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
    description = "Stop everything that ./top-songs up or drill started. What up has made stays.")
final class DownCommand implements Callable<Integer> {
  private static final int LIMIT_SECONDS = 120;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var home = Home.find();
    boolean stopped = stop(home) | stop(DrillCommand.home(home));
    System.out.println(stopped ? "Stopped. The data stays." : "Nothing was running.");
    return 0;
  }

  private static boolean stop(Home home) throws IOException, InterruptedException {
    var launcher = ProcessFile.read(home.processFile("launcher"));
    if (launcher.isPresent()) {
      System.out.println("Stopping everything");
      launcher.get().destroy();
      awaitEnd(launcher.get());
    }
    return stopLeftOver(home) > 0 || launcher.isPresent();
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
          goOn(process.get());
          awaitEnd(process.get());
          stopped++;
        }
        ProcessFile.delete(file);
      }
    }
    return stopped;
  }

  /** What a drill has paused hears that it is to end only when it goes on. */
  private static void goOn(ProcessHandle process) throws IOException {
    new ProcessBuilder("kill", "-CONT", Long.toString(process.pid())).start();
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
