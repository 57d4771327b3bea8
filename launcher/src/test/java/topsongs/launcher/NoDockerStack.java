package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import topsongs.launcher.server.Ports;

/** A stack that {@code up} starts, in a state folder and on ports of its own. */
final class NoDockerStack implements RunningStack {
  private static final Duration UNDER_WAY = Duration.ofSeconds(4);
  private static final Duration COMMAND_WITHIN = Duration.ofMinutes(15);

  private final Home home;
  private final Map<String, String> environment;

  NoDockerStack(Path root) {
    this.home = new Home(root, root.resolve("launcher/target/journey"));
    this.environment = environment(home);
  }

  @Override
  public Home home() {
    return home;
  }

  @Override
  public Path truthOfTheFirstHistory() {
    return home.truth();
  }

  @Override
  public int simulate(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of("simulate"));
    all.addAll(Arrays.asList(arguments));
    return run(all.toArray(String[]::new));
  }

  @Override
  public Children.Answer recount() throws Exception {
    return Children.ask(command("simulate", "verify", "--all"), COMMAND_WITHIN);
  }

  @Override
  public Path catalogue() {
    return home.room("simulator").resolve("src/main/resources/catalogue/songs.jsonl");
  }

  @Override
  public void awaitStream() throws Exception {
    new StreamProgress(settings()).awaitPassed(Instant.now(), Duration.ofMinutes(5));
  }

  @Override
  public void chart(Instant from, Instant to) throws Exception {
    assertThat(run("chart", "--from=" + from, "--to=" + to)).isZero();
  }

  @Override
  public void kill(String part) {
    var file = home.processFile(part);
    var killed = ProcessFile.read(file).orElseThrow();
    assertThat(killed.destroyForcibly()).isTrue();
    Awaitility.await(part + " to be started again")
        .atMost(Duration.ofSeconds(60))
        .until(() -> ProcessFile.read(file).filter(p -> p.pid() != killed.pid()).isPresent());
  }

  /** Kills the task, which is the job's parent; the job must not go on without it. */
  @Override
  public void killTask(String mainClass) {
    var job =
        Awaitility.await(mainClass + " to be under way")
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(100))
            .until(() -> job(mainClass), Optional::isPresent)
            .orElseThrow();
    assertThat(job.parent().orElseThrow().destroyForcibly()).isTrue();
    Awaitility.await("the job to end with its task")
        .atMost(Duration.ofSeconds(30))
        .until(() -> !job.isAlive());
  }

  @Override
  public SameSeed sameSeed() {
    return SameSeed.first();
  }

  void up(String... options) throws Exception {
    var log = home.room("launcher").resolve("target/journey-up.log");
    var arguments = new ArrayList<>(List.of("up", "--history=60000", "--rate=0", "--no-schedule"));
    arguments.addAll(Arrays.asList(options));
    var process =
        command(arguments.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Awaitility.await("the stack to be up")
        .atMost(Duration.ofMinutes(8))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> !process.isAlive() || Files.readString(log).contains("Top Songs is up"));
    assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
  }

  /** Every process of the stack that runs now, the launcher included. */
  List<ProcessHandle> processes() throws IOException {
    try (var files = Files.list(home.state().resolve("run"))) {
      return files.flatMap(file -> ProcessFile.read(file).stream()).toList();
    }
  }

  int run(String... arguments) throws Exception {
    return Children.run(command(arguments), COMMAND_WITHIN);
  }

  /** A command of the very launcher that ./top-songs runs. */
  ProcessBuilder command(String... arguments) {
    var command =
        Commands.java(
            List.of("-Dtopsongs.root=" + home.root()),
            "-cp",
            home.classpath("launcher"),
            "topsongs.launcher.TopSongs");
    command.addAll(Arrays.asList(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder;
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

  @Override
  public Settings settings() {
    try {
      var settings = Settings.load(home);
      var ports = new HashMap<>(settings.ports());
      ports.replaceAll((name, port) -> Integer.valueOf(environment.get(name)));
      return new Settings(ports, settings.secrets());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment(Home home) {
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
    environment.put("TOP_SONGS_HOME", home.state().toString());
    environment.put("TOP_SONGS_RETRY_DELAY", "3");
    return environment;
  }
}
