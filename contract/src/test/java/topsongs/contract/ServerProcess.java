package topsongs.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A process that is a server, or that holds one's container: it ends when its parent does. */
final class ServerProcess {
  private static final int SHOWN_LINES = 30;

  private final Process process;
  private final String address;
  private final Path folder;

  private ServerProcess(Process process, String address, Path folder) {
    this.process = process;
    this.address = address;
    this.folder = folder;
  }

  static ServerProcess start(String server) {
    try {
      var folder = Files.createTempDirectory("top-songs-" + server);
      var command = ServerCommand.of(server, folder);
      var process = new ProcessBuilder(command.line()).redirectErrorStream(true).start();
      var limit = destroyedAfter(command.patience(), process);
      var address = awaitAddress(server, process);
      limit.cancel(false);
      return new ServerProcess(process, address, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Future<?> destroyedAfter(Duration patience, Process process) {
    return CompletableFuture.runAsync(
        process::destroyForcibly,
        CompletableFuture.delayedExecutor(patience.toSeconds(), TimeUnit.SECONDS));
  }

  String address() {
    return address;
  }

  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    deleteFolder();
  }

  /** As far as it can be: a file that a dying server still writes is left to the system. */
  private void deleteFolder() {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      folder.toFile().deleteOnExit();
    }
  }

  /** From the line {@code ready PORT} or {@code ready HOST:PORT}. */
  private static String awaitAddress(String server, Process process) throws IOException {
    var seen = new ArrayDeque<String>();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready ")) {
        drain(output);
        var address = line.substring("ready ".length()).strip();
        return address.contains(":") ? address : "127.0.0.1:" + address;
      }
      seen.add(line);
      if (seen.size() > SHOWN_LINES) {
        seen.remove();
      }
    }
    throw new IllegalStateException(reason(server, seen));
  }

  /** What the process has put into a line is enough. */
  private static String reason(String server, Deque<String> seen) {
    return !seen.isEmpty() && seen.getLast().startsWith("Cannot ")
        ? seen.getLast()
        : "Cannot start %s: it ended before it was ready%n%s"
            .formatted(server, String.join(System.lineSeparator(), seen));
  }

  /** A server whose output nobody reads stops when the pipe is full. */
  private static void drain(BufferedReader output) {
    var reader = new Thread(() -> readToItsEnd(output), "test-server-output");
    reader.setDaemon(true);
    reader.start();
  }

  private static void readToItsEnd(BufferedReader output) {
    try (output) {
      output.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // The server was stopped.
    }
  }
}
