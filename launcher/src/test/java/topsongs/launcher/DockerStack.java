package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import topsongs.launcher.server.Ports;

/** The stack of docker-compose.yaml as it is shipped, under a name and on ports of its own. */
final class DockerStack implements RunningStack {
  static final String PROJECT = "top-songs-journey";

  private static final String S3_CONSOLE = "TOP_SONGS_S3_CONSOLE_PORT";
  private static final String SPARK_MASTER_UI = "TOP_SONGS_SPARK_MASTER_UI_PORT";
  private static final Duration COMMAND_WITHIN = Duration.ofMinutes(15);

  /**
   * Ends a job's task, which is its parent, once the job has Spark's scheduler running. Java names
   * its threads where /proc shows them.
   */
  private static final String KILL_TASK =
      """
      while true; do
        for process in /proc/[0-9]*; do
          [[ $(tr '\\0' ' ' <"$process/cmdline") == */java\\ *"$1"* ]] || continue
          grep -qs '^dag-scheduler' "$process"/task/*/comm || continue
          stat=$(<"$process/stat")
          fields=(${stat##*) })
          kill -9 "${fields[1]}" || { echo "its task ${fields[1]} has ended already"; exit 1; }
          for tenth in {1..300}; do
            [[ -e $process && $(<"$process/stat") != *\\)\\ Z* ]] || exit 0
            sleep 0.1
          done
          echo "the job ${process##*/} outlives its task ${fields[1]} by 30 s"
          exit 1
        done
        sleep 0.1
      done 2>/dev/null
      """;

  private final Home home;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final Settings settings;

  DockerStack(Path root) {
    home = new Home(root, root.resolve("launcher/target/docker-journey"));
    for (var port :
        List.of(
            Settings.KAFKA,
            Settings.OBJECT_STORE,
            S3_CONSOLE,
            Settings.POSTGRES,
            Settings.INGESTION,
            Settings.SERVING,
            Settings.DASHBOARD,
            Settings.SPARK_UI,
            SPARK_MASTER_UI,
            Settings.AIRFLOW)) {
      ports.put(port, Ports.free());
    }
    settings = settings("top-songs", "top-songs-secret");
  }

  @Override
  public Home home() {
    return home;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  /** Kafka, as clients on this machine reach it. */
  String kafka() {
    return "127.0.0.1:" + settings.port(Settings.KAFKA);
  }

  @Override
  public Path truthOfTheFirstHistory() throws Exception {
    Files.createDirectories(home.truth().getParent());
    compose("cp", "simulator:/data/truth.jsonl", home.truth().toString());
    return home.truth();
  }

  /** By this machine's jar: the same program, and what it writes stays here. */
  @Override
  public int simulate(String... arguments) throws Exception {
    var catalogue = settings("catalogue", "top-songs-catalogue");
    var command = new Jobs(home, catalogue).simulator(List.of("-Xmx1g"), arguments);
    var simulator = new ProcessBuilder(command);
    simulator.environment().putAll(catalogue.environment());
    return Children.run(simulator, COMMAND_WITHIN);
  }

  @Override
  public Children.Answer recount() throws Exception {
    return Children.ask(composing("run", "--rm", "--no-TTY", "verify", "--all"), COMMAND_WITHIN);
  }

  @Override
  public Path catalogue() {
    return home.room("simulator").resolve("src/main/resources/catalogue/songs.jsonl");
  }

  @Override
  public void awaitStream() throws Exception {
    new StreamProgress(settings).awaitPassed(Instant.now(), Duration.ofMinutes(5));
  }

  @Override
  public void chart(Instant from, Instant to) throws Exception {
    var runs = new DagRuns(airflow());
    var form = Map.<String, Object>of("from", from.toString(), "to", to.toString());
    assertThat(runs.end(DagRuns.BACKFILL, runs.start(DagRuns.BACKFILL, form))).isEqualTo("success");
  }

  /**
   * As the kernel does when memory runs out. What {@code docker kill} ends is taken for stopped by
   * a person, and never started again.
   */
  @Override
  public void kill(String part) throws Exception {
    var container = container(part);
    var before = inspect(container, "{{.State.StartedAt}}");
    docker(
        "run",
        "--rm",
        "--pid=host",
        "--cap-add=KILL",
        "--network=none",
        "--user=0",
        "--entrypoint=sh",
        inspect(container("postgres"), "{{.Config.Image}}"),
        "-c",
        "kill -9 " + inspect(container, "{{.State.Pid}}"));
    Awaitility.await(part + " to be started again")
        .atMost(Duration.ofMinutes(2))
        .until(() -> !inspect(container, "{{.State.StartedAt}}").equals(before));
    awaitHealthy(part);
  }

  void restart(List<String> services) throws Exception {
    compose(Stream.concat(Stream.of("restart"), services.stream()).toArray(String[]::new));
  }

  void awaitHealthy(String part) throws Exception {
    var container = container(part);
    Awaitility.await(part + " to be healthy")
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> inspect(container, "{{.State.Health.Status}}"), "healthy"::equals);
  }

  @Override
  public void killTask(String mainClass) throws Exception {
    compose("exec", "-T", "airflow-scheduler", "bash", "-c", KILL_TASK, "kill-task", mainClass);
  }

  @Override
  public SameSeed sameSeed() throws Exception {
    return SameSeed.next();
  }

  /** Starts all of it and waits until every service is healthy. */
  void up() throws Exception {
    compose("up", "--detach", "--wait", "--wait-timeout", "600");
  }

  /** Stops all of it; the data stays. */
  void down() throws Exception {
    try {
      keepLogs();
    } finally {
      compose("down");
    }
  }

  void downWithItsData() throws Exception {
    try {
      keepLogs();
    } finally {
      compose("down", "--volumes", "--remove-orphans");
    }
  }

  /** The services that go on, not those that end when their work is done. */
  List<String> services() throws Exception {
    return compose("ps", "--services", "--status=running").lines().sorted().toList();
  }

  List<String> containers() throws Exception {
    return docker("ps", "--all", "--quiet", "--filter=label=com.docker.compose.project=" + PROJECT)
        .lines()
        .toList();
  }

  /** Runs a command of Compose to its end and returns what it printed. */
  String compose(String... arguments) throws Exception {
    return output(composing(arguments));
  }

  private ProcessBuilder composing(String... arguments) {
    var command = new ArrayList<>(List.of("docker", "compose", "--env-file=/dev/null"));
    command.addAll(List.of(arguments));
    var compose = new ProcessBuilder(command).directory(home.root().toFile());
    var environment = compose.environment();
    environment
        .keySet()
        .removeIf(name -> name.startsWith("TOP_SONGS_") && !name.startsWith("TOP_SONGS_IMAGE_"));
    ports.forEach((name, port) -> environment.put(name, port.toString()));
    environment.putAll(
        Map.of(
            "COMPOSE_PROJECT_NAME", PROJECT,
            "TOP_SONGS_RATE", "0",
            "TOP_SONGS_DAGS_PAUSED", "true",
            "TOP_SONGS_RETRY_DELAY", "3"));
    return compose;
  }

  /** What every service has said so far, in a file each. */
  private void keepLogs() throws Exception {
    var logs = Files.createDirectories(home.state().resolve("logs"));
    for (var service : compose("ps", "--all", "--services").lines().toList()) {
      Files.writeString(
          logs.resolve(service + ".log"),
          compose("logs", "--no-color", "--timestamps", service) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private String container(String service) throws Exception {
    return compose("ps", "--all", "--quiet", service).lines().findFirst().orElseThrow();
  }

  private static String inspect(String container, String format) throws Exception {
    return docker("inspect", "--format=" + format, container);
  }

  private static String docker(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return output(new ProcessBuilder(command));
  }

  private static String output(ProcessBuilder command) throws Exception {
    var said = Files.createTempFile("docker", ".log");
    try {
      var process =
          command.redirectInput(new File("/dev/null")).redirectError(said.toFile()).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor())
          .as("%s: %s%s", command.command(), output, Files.readString(said))
          .isZero();
      return output.strip();
    } finally {
      Files.delete(said);
    }
  }

  /** This machine's settings with the defaults of docker-compose.yaml, for a user of the lake. */
  private Settings settings(String s3User, String s3Secret) {
    var secrets = new HashMap<String, String>();
    secrets.put("TOP_SONGS_API_KEY", "top-songs");
    secrets.put("TOP_SONGS_CATALOGUE_KEY", "top-songs-catalogue");
    secrets.put("TOP_SONGS_S3_ACCESS_KEY", s3User);
    secrets.put("TOP_SONGS_S3_SECRET_KEY", s3Secret);
    secrets.put("TOP_SONGS_AIRFLOW_PASSWORD", "top-songs");
    secrets.put("TOP_SONGS_DB_PASSWORD", "top-songs");
    return new Settings(ports, secrets);
  }
}
