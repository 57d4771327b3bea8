package topsongs.launcher.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real PostgreSQL, unpacked from its jar. */
final class PostgresServer {
  /** The product's own, and Airflow's metadata. */
  private static final List<String> DATABASES = List.of("top_songs", "airflow");

  private PostgresServer() {}

  /**
   * Starts the server on the data in the folder and makes its databases, each with a user of its
   * name.
   */
  static void start(int port, Path folder) throws IOException, SQLException {
    stopLeftOver(folder.resolve("data/postmaster.pid"));
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
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    for (var name : DATABASES) {
      createDatabase(server, name);
    }
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

  /** A server whose launcher was killed still holds its folder: it is stopped, then replaced. */
  private static void stopLeftOver(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    var process = ProcessHandle.of(pid).filter(PostgresServer::isPostgres);
    if (process.isPresent()) {
      process.get().destroyForcibly();
      process.get().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
    Files.deleteIfExists(pidFile);
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().orElse("").contains("postgres");
  }
}
