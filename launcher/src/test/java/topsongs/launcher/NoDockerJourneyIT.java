package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minio.MinioClient;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import topsongs.launcher.server.Ports;

/** The journey on a stack that {@code up} starts, in a state folder and on ports of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoDockerJourneyIT extends Journey {
  private static final Path ROOT =
      Path.of(System.getProperty("topsongs.root", "..")).toAbsolutePath().normalize();
  private static final Path STATE = ROOT.resolve("launcher/target/journey");
  private static final Map<String, String> ENVIRONMENT = environment();
  private static final Duration UNDER_WAY = Duration.ofSeconds(4);

  @BeforeAll
  static void upForTheFirstTime() throws Exception {
    up("--fresh");
    var hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    var running = List.of("chart", "--from=" + hour, "--to=" + hour.plus(1, ChronoUnit.HOURS));
    assertThat(run(running.toArray(String[]::new))).isZero();
  }

  @AfterAll
  static void down() throws Exception {
    var running = processes();
    assertThat(run("down")).isZero();
    assertThat(running).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  /** Runs last: Ctrl-C, then up again on the data that is there. */
  @Test
  @Order(Integer.MAX_VALUE)
  void stoppedByCtrlC_leavesNoProcess_andComesBackWithItsCharts() throws Exception {
    var before = get("/v1/charts/GLOBAL/hour?limit=100").body();
    var running = processes();
    long launcher = ProcessFile.read(home().processFile("launcher")).orElseThrow().pid();
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(launcher)).start().waitFor())
        .isZero();
    Awaitility.await("every process to end")
        .atMost(Duration.ofSeconds(60))
        .until(() -> running.stream().noneMatch(ProcessHandle::isAlive));

    up();
    assertThat(get("/v1/charts/GLOBAL/hour?limit=100").body()).isEqualTo(before);
  }

  /** The dashboard's own suite in a real Chromium, against this stack. */
  @Test
  void dashboard_showsTheChartsInARealBrowser() throws Exception {
    var browser =
        new ProcessBuilder("npm", "run", "e2e").directory(ROOT.resolve("dashboard").toFile());
    browser.environment().put("TOP_SONGS_DASHBOARD_URL", dashboard().toString());
    browser.environment().put("TOP_SONGS_SERVING_URL", serving().toString());
    assertThat(run(browser, Duration.ofMinutes(15))).isZero();
  }

  @Test
  void secondUp_saysThatItIsRunning() throws Exception {
    var output = ROOT.resolve("launcher/target/second-up.log");
    var second = command("up").redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(second.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output)).contains("it is running already").doesNotContain("\tat ");
  }

  @Override
  URI ingestion() {
    return url(Settings.INGESTION);
  }

  @Override
  URI serving() {
    return url(Settings.SERVING);
  }

  @Override
  URI dashboard() {
    return url(Settings.DASHBOARD);
  }

  @Override
  String apiKey() {
    try {
      return Settings.load(home()).apiKey();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  AirflowApi airflow() {
    try {
      var password = Airflow.password(Settings.load(home()));
      return new AirflowApi(url(Settings.AIRFLOW), Airflow.USER, password);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  Path truthOfTheFirstHistory() {
    return home().truth();
  }

  @Override
  MinioClient lake() throws Exception {
    return StreamProgress.lake(settings());
  }

  @Override
  void awaitStream() throws Exception {
    new StreamProgress(settings()).awaitPassed(Instant.now(), Duration.ofMinutes(5));
  }

  @Override
  void chart(Instant from, Instant to) throws Exception {
    assertThat(run("chart", "--from=" + from, "--to=" + to)).isZero();
  }

  @Override
  int simulate(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of("simulate"));
    all.addAll(Arrays.asList(arguments));
    return run(all.toArray(String[]::new));
  }

  @Override
  void kill(String part) {
    var file = home().processFile(part);
    var killed = ProcessFile.read(file).orElseThrow();
    assertThat(killed.destroyForcibly()).isTrue();
    Awaitility.await(part + " to be started again")
        .atMost(Duration.ofSeconds(60))
        .until(() -> ProcessFile.read(file).filter(p -> p.pid() != killed.pid()).isPresent());
  }

  /** Kills the task, which is the job's parent; the job must not go on without it. */
  @Override
  void killTask(String mainClass) {
    var job =
        Awaitility.await(mainClass + " to be under way")
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(100))
            .until(() -> job(mainClass), Optional::isPresent)
            .orElseThrow();
    assertThat(job.parent().orElseThrow().destroyForcibly()).isTrue();
    Awaitility.await("the job to end with its task")
        .atMost(Duration.ofSeconds(5))
        .until(() -> !job.isAlive());
  }

  private static Settings settings() throws IOException {
    var settings = Settings.load(home());
    var ports = new HashMap<>(settings.ports());
    ENVIRONMENT.forEach(
        (name, value) -> ports.computeIfPresent(name, (n, port) -> Integer.parseInt(value)));
    return new Settings(ports, settings.secrets());
  }

  /** Its first seconds go into starting Java and Spark. */
  private static Optional<ProcessHandle> job(String mainClass) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(mainClass))
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .filter(
            process ->
                process.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(UNDER_WAY) > 0)
        .findAny();
  }

  private static void up(String... options) throws Exception {
    var arguments = new ArrayList<>(List.of("up", "--history=60000", "--rate=0", "--no-schedule"));
    arguments.addAll(Arrays.asList(options));
    var process =
        command(arguments.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    Awaitility.await("the stack to be up")
        .atMost(Duration.ofMinutes(8))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> !process.isAlive() || Files.readString(log()).contains("Top Songs is up"));
    assertThat(process.isAlive()).as(Files.readString(log())).isTrue();
  }

  /** Every process of the stack that runs now, the launcher included. */
  private static List<ProcessHandle> processes() throws IOException {
    try (var files = Files.list(STATE.resolve("run"))) {
      return files.flatMap(file -> ProcessFile.read(file).stream()).toList();
    }
  }

  private static URI url(String portVariable) {
    return URI.create("http://127.0.0.1:" + ENVIRONMENT.get(portVariable));
  }

  private static Home home() {
    return new Home(ROOT, STATE);
  }

  private static Path log() {
    return ROOT.resolve("launcher/target/journey-up.log");
  }

  private static int run(String... arguments) throws Exception {
    return run(command(arguments), Duration.ofMinutes(15));
  }

  /**
   * Runs to an end; what it says goes through this JVM, whose own pipes belong to the test runner.
   */
  private static int run(ProcessBuilder command, Duration within) throws Exception {
    var process = command.redirectErrorStream(true).redirectInput(new File("/dev/null")).start();
    var said = new Thread(() -> process.inputReader().lines().forEach(System.out::println));
    said.start();
    assertThat(process.waitFor(within.toSeconds(), TimeUnit.SECONDS)).as("ended in time").isTrue();
    said.join();
    return process.exitValue();
  }

  /** A command of the very launcher that ./top-songs runs. */
  private static ProcessBuilder command(String... arguments) {
    var command =
        Commands.java(
            List.of("-Dtopsongs.root=" + ROOT),
            "-cp",
            home().classpath("launcher"),
            "topsongs.launcher.TopSongs");
    command.addAll(Arrays.asList(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(ENVIRONMENT);
    return builder;
  }

  private static Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    for (var port :
        List.of(
            Settings.KAFKA,
            Settings.OBJECT_STORE,
            Settings.POSTGRES,
            Settings.INGESTION,
            Settings.SERVING,
            Settings.DASHBOARD,
            Settings.SPARK_UI,
            Settings.AIRFLOW)) {
      environment.put(port, Integer.toString(Ports.free()));
    }
    environment.put("TOP_SONGS_HOME", STATE.toString());
    return environment;
  }
}
