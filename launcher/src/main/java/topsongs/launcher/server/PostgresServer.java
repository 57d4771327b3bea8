package topsongs.launcher.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The real PostgreSQL, unpacked from its jar. */
public final class PostgresServer {
  /** The product's own, and Airflow's metadata. */
  private static final List<String> DATABASES = List.of("top_songs", "airflow");

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(10);

  private PostgresServer() {}

  /**
   * Starts the server on the data in the folder and makes its databases, each with a user of its
   * name. This process ends when the server does, so that whoever watches it starts both again.
   */
  static void start(int port, Path folder) throws IOException, SQLException {
    stopLeftOver(pidFile(folder));
    Files.createDirectories(folder);
    var server =
        EmbeddedPostgres.builder()
            .setPort(port)
            .setDataDirectory(folder.resolve("data"))
            .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
            .setCleanDataDirectory(false)
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("shared_buffers", "64MB")
            .setServerConfig("max_connections", "100")
            .setServerConfig("timezone", "UTC")
            // Embedded by default it answers before a commit is on the disk: a power cut would take
            // it back, or worse.
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("fsync", "on")
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    for (var name : DATABASES) {
      createDatabase(server, name);
    }
    postmaster(folder).ifPresent(PostgresServer::endWithIt);
  }

  private static void createDatabase(EmbeddedPostgres server, String name) throws SQLException {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      var exists = "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(name);
      if (!statement.executeQuery(exists).next()) {
        statement.execute("CREATE ROLE %s LOGIN".formatted(name));
        statement.execute(
            "CREATE DATABASE %1$s OWNER %1$s ENCODING 'UTF8' TEMPLATE template0".formatted(name));
      }
    }
  }

  /**
   * A server whose launcher was killed still holds its folder: it is stopped with all its
   * processes, then replaced. One that died alone may not be reaped yet; until it is, it counts as
   * running for the next.
   */
  private static void stopLeftOver(Path pidFile) throws IOException {
    var leftOver = process(pidFile);
    if (leftOver.isEmpty()) {
      return;
    }
    if (!isStranger(leftOver.get())) {
      end(Stream.concat(leftOver.stream(), leftOver.get().descendants()).toList());
    }
    Files.deleteIfExists(pidFile);
  }

  private static void end(List<ProcessHandle> family) {
    family.forEach(ProcessHandle::destroyForcibly);
    var deadline = Instant.now().plus(ENDED_WITHIN);
    while (family.stream().anyMatch(ProcessHandle::isAlive) && Instant.now().isBefore(deadline)) {
      pause();
    }
  }

  /** A process that was given the id meanwhile. What waits to be reaped has no command. */
  private static boolean isStranger(ProcessHandle process) {
    return process.info().command().isPresent() && !isPostgres(process);
  }

  /** The first process of the server on the data in this folder, if it runs. */
  public static Optional<ProcessHandle> postmaster(Path folder) throws IOException {
    return process(pidFile(folder)).filter(PostgresServer::isPostgres);
  }

  private static Path pidFile(Path folder) {
    return folder.resolve("data/postmaster.pid");
  }

  private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0).strip()));
  }

  /** Looks for itself: where nobody reaps it, an ended process counts as alive. */
  private static void endWithIt(ProcessHandle postmaster) {
    var watch =
        new Thread(
            () -> {
              while (isPostgres(postmaster)) {
                pause();
              }
              System.out.println("PostgreSQL ended");
              System.exit(1);
            },
            "watch-postgres");
    watch.setDaemon(true);
    watch.start();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().orElse("").contains("postgres");
  }
}
