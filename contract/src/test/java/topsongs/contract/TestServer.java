package topsongs.contract;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A real server of the stack for edge tests: Kafka, the object store or PostgreSQL, in a process of
 * its own, empty, on a free port. It is the launcher's server, started over its classpath file, so
 * that neither Boot's nor Spark's classpath ever meets a broker's.
 */
public final class TestServer implements AutoCloseable {
  /** Credentials of the object store; the bucket {@link Lake#BUCKET} exists. */
  public static final String S3_ACCESS_KEY = "top-songs";

  public static final String S3_SECRET_KEY = "top-songs-secret";

  /** User of the database {@code top_songs}; any password will do. */
  public static final String DATABASE_USER = "top_songs";

  private static final int SHOWN_LINES = 30;

  private static final Executor STARTED_WITHIN =
      CompletableFuture.delayedExecutor(120, TimeUnit.SECONDS);

  private final Process process;
  private final int port;
  private final Path folder;

  private TestServer(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  /** A broker with the topics of {@link Topics}. */
  public static TestServer kafka() {
    return start("kafka");
  }

  /** An S3 server with the bucket {@link Lake#BUCKET}. */
  public static TestServer objectStore() {
    return start("object-store");
  }

  /** A PostgreSQL server with the empty database {@code top_songs}. */
  public static TestServer postgres() {
    return start("postgres");
  }

  public int port() {
    return port;
  }

  /** Host and port, as Kafka's bootstrap servers are written. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  public String s3Endpoint() {
    return "http://" + address();
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://" + address() + "/top_songs";
  }

  /** Settings that open the object store's lake, as {@link Lake#sparkSettings} reads them. */
  public Map<String, String> lakeEnvironment() {
    return Map.of(
        "TOP_SONGS_S3_ENDPOINT", s3Endpoint(),
        "TOP_SONGS_S3_ACCESS_KEY", S3_ACCESS_KEY,
        "TOP_SONGS_S3_SECRET_KEY", S3_SECRET_KEY);
  }

  @Override
  public void close() {
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

  private static TestServer start(String server) {
    try {
      var target = launcher().resolve("target");
      var classpath = Files.readString(target.resolve("classpath.txt")).strip();
      var jar = target.resolve("launcher-0.1.0.jar");
      var folder = Files.createTempDirectory("top-songs-" + server);
      var process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      jar + File.pathSeparator + classpath,
                      "topsongs.launcher.TopSongs",
                      "serve",
                      server,
                      "--port=0",
                      "--folder=" + folder,
                      "--stop-with-parent"))
              .redirectErrorStream(true)
              .start();
      var limit = CompletableFuture.runAsync(process::destroyForcibly, STARTED_WITHIN);
      int port = awaitPort(server, process);
      limit.cancel(false);
      return new TestServer(process, port, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int awaitPort(String server, Process process) throws IOException {
    var seen = new ArrayDeque<String>();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready ")) {
        drain(output);
        return Integer.parseInt(line.substring("ready ".length()).strip());
      }
      seen.add(line);
      if (seen.size() > SHOWN_LINES) {
        seen.remove();
      }
    }
    throw new IllegalStateException(
        "Cannot start %s: it ended before it was ready%n%s"
            .formatted(server, String.join(System.lineSeparator(), seen)));
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

  private static Path launcher() {
    var launcher = Path.of(System.getProperty("topsongs.root", ".."), "launcher");
    if (!Files.exists(launcher.resolve("target/classpath.txt"))) {
      throw new IllegalStateException(
          "Cannot start a test server: the launcher is not built; run mvn -pl launcher -am package");
    }
    return launcher;
  }
}
