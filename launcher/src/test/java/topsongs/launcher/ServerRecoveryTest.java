package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.launcher.server.Ports;

/** The real PostgreSQL, whose processes die one without the other, as the launcher runs it. */
class ServerRecoveryTest {
  private static final Path ROOT = Path.of(System.getProperty("topsongs.root", ".."));

  @TempDir Path folder;
  private final int port = Ports.free();
  private Home home = new Home(Path.of("."), Path.of("."));
  private Service service = new Service("nobody", List.of(), Map.of(), home, service -> true);

  @BeforeEach
  void start() throws Exception {
    home = new Home(ROOT, folder.resolve("state"));
    home.createFolders();
    var command =
        Commands.java(
            List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
            "-cp",
            System.getProperty("java.class.path"),
            "topsongs.launcher.TopSongs",
            "serve",
            "postgres",
            "--port=" + port,
            "--folder=" + home.data("postgres"));
    service = new Service("postgres", command, Map.of(), home, service -> answers());
    service.start();
    service.awaitReady();
    execute("CREATE TABLE note (line text)");
    execute("INSERT INTO note VALUES ('before')");
  }

  @AfterEach
  void stop() throws Exception {
    service.stop();
    assertThat(home.data("postgres").resolve("data/postmaster.pid"))
        .as("what a running server has")
        .doesNotExist();
  }

  /** What a power cut would show, which no test can make. */
  @Test
  void commitIsAnsweredOnlyWhenItIsOnTheDisk() throws Exception {
    assertThat(setting("fsync")).isEqualTo("on");
    assertThat(setting("synchronous_commit")).isEqualTo("on");
    assertThat(setting("full_page_writes")).isEqualTo("on");
  }

  @Test
  void databaseThatDiesAlone_isStartedAgain_withWhatItAcknowledged() throws Exception {
    var launcher = launcher();
    var postmaster = postmaster();
    postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
    postmaster.destroyForcibly();
    awaitAnother(launcher, postmaster);
    assertThat(notes()).isEqualTo(1);
  }

  @Test
  void launcherThatDiesAlone_leavesNoServerInTheWayOfTheNext() throws Exception {
    var launcher = launcher();
    var postmaster = postmaster();
    launcher.destroyForcibly();
    awaitAnother(launcher, postmaster);
    assertThat(postmaster.info().command()).as("the old server").isEmpty();
    assertThat(notes()).isEqualTo(1);
  }

  private void awaitAnother(ProcessHandle launcher, ProcessHandle postmaster) {
    Awaitility.await("the database to be back")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () ->
                launcher().pid() != launcher.pid()
                    && postmaster().pid() != postmaster.pid()
                    && answers());
  }

  private ProcessHandle launcher() {
    return ProcessFile.read(home.processFile("postgres")).orElseThrow();
  }

  private ProcessHandle postmaster() throws Exception {
    var file = home.data("postgres").resolve("data/postmaster.pid");
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip())).orElseThrow();
  }

  private boolean answers() {
    try {
      execute("SELECT 1");
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  private void execute(String sql) throws Exception {
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long notes() throws Exception {
    return Long.parseLong(ask("SELECT count(*) FROM note"));
  }

  private String setting(String name) throws Exception {
    return ask("SHOW " + name);
  }

  private String ask(String sql) throws Exception {
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:%d/top_songs?user=top_songs".formatted(port);
  }
}
