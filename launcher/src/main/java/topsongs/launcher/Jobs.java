package topsongs.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import topsongs.contract.CountingRules;

/** The commands that run to an end: the batch jobs, the catalogue and the simulated crowd. */
final class Jobs {
  private static final Duration LIMIT = Duration.ofHours(2);
  private static final Duration LOCK_LIMIT = Duration.ofMinutes(15);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

  /** Short programs start faster when the JVM compiles little. */
  private static final List<String> QUICK =
      List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** A job of half a minute gains more from compiling early than from compiling well. */
  private static final List<String> BATCH =
      List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dspark.ui.enabled=false");

  private final Home home;
  private final Settings settings;

  Jobs(Home home, Settings settings) {
    this.home = home;
    this.settings = settings;
  }

  void migrate() throws IOException, InterruptedException {
    run(
        "aggregation-job",
        Commands.java(
            QUICK,
            "-cp",
            home.classpath("aggregation-job"),
            "topsongs.aggregation.AggregationJob",
            "migrate"));
  }

  /** Songs that were corrected since the last start stay so. */
  void publishCatalogue() throws IOException, InterruptedException {
    run("catalogue", simulator(QUICK, "catalogue", "publish", "--keep"));
  }

  /** The same by the rules that each period was last charted by. */
  void chart(Instant from, Instant to, Instant settledUntil)
      throws IOException, InterruptedException {
    chart(from, to, settledUntil, CountingRules.SAME);
  }

  /**
   * Enriches the plays of the hours and charts every hour and day that has a part in the range.
   *
   * @param settledUntil what ends by then is final, the rest provisional
   * @param rules a version of the counting rules, or {@link CountingRules#SAME}
   */
  void chart(Instant from, Instant to, Instant settledUntil, String rules)
      throws IOException, InterruptedException {
    try (var lock = lock()) {
      enrich(from, to);
      aggregateAndLoad(from, to, settledUntil, rules);
    }
  }

  /** Holds Kafka's offsets against the lake; fails when a record is missing. */
  void audit() throws IOException, InterruptedException {
    try (var lock = lock()) {
      run(
          "aggregation-job",
          Commands.spark(
              home, "aggregation-job", BATCH, "topsongs.aggregation.AggregationJob", "audit"));
    }
  }

  /** Runs the simulator in this terminal, so that a person sees its progress bar. */
  int simulate(List<String> arguments) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(simulator(List.of("-Xmx1g"), arguments.toArray(String[]::new)))
            .inheritIO();
    builder.environment().putAll(settings.environment());
    return await("simulator", builder.start());
  }

  List<String> simulator(List<String> flags, String... arguments) {
    var command =
        Commands.java(flags, "-cp", home.classpath("simulator"), "topsongs.simulator.Simulator");
    command.addAll(List.of(arguments));
    return command;
  }

  void enrich(Instant from, Instant to) throws IOException, InterruptedException {
    run(
        "enrichment-job",
        Commands.spark(
            home,
            "enrichment-job",
            BATCH,
            "topsongs.enrichment.EnrichmentJob",
            "--from=" + from,
            "--to=" + to));
  }

  void aggregateAndLoad(Instant from, Instant to, Instant settledUntil, String rules)
      throws IOException, InterruptedException {
    run(
        "aggregation-job",
        Commands.spark(
            home,
            "aggregation-job",
            BATCH,
            "topsongs.aggregation.AggregationJob",
            "charts",
            "--from=" + from,
            "--to=" + to,
            "--settled-until=" + settledUntil,
            "--rules=" + rules));
  }

  /** Two runs over the same hours, the schedule's and a person's, would replace the same files. */
  private FileChannel lock() throws IOException, InterruptedException {
    var channel =
        FileChannel.open(
            home.data("charting.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var deadline = Instant.now().plus(LOCK_LIMIT);
    while (channel.tryLock() == null) {
      if (Instant.now().isAfter(deadline)) {
        channel.close();
        throw new IllegalStateException(
            "Cannot chart: another run has been charting for "
                + LOCK_LIMIT.toMinutes()
                + " minutes");
      }
      Thread.sleep(500);
    }
    return channel;
  }

  private void run(String name, List<String> command) throws IOException, InterruptedException {
    run(name, command, settings.environment());
  }

  /**
   * Runs a command to its end.
   *
   * @throws IllegalStateException with the end of its log, when it fails
   */
  void run(String name, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var log = home.log(name);
    int exit = await(name, Commands.builder(command, environment, log).start());
    if (exit != 0) {
      throw new IllegalStateException(
          "Cannot run %s: exit %d. The end of %s:%n%s"
              .formatted(name, exit, log, Commands.tail(log)));
    }
  }

  /** Waits for a child's end. When this process is told to stop first, so is the child. */
  private int await(String name, Process process) throws IOException, InterruptedException {
    var stop = new Thread(() -> stop(process), "stop-" + name);
    try {
      Runtime.getRuntime().addShutdownHook(stop);
    } catch (IllegalStateException e) {
      process.destroyForcibly();
      throw new InterruptedException("stopping");
    }
    ProcessFile.write(home.processFile(name), process.toHandle());
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "Cannot finish %s: still running after %s".formatted(name, LIMIT));
      }
      forget(stop);
      return process.exitValue();
    } finally {
      process.destroy();
      ProcessFile.delete(home.processFile(name));
    }
  }

  /**
   * @throws InterruptedException when this process is stopping, which is why the child has ended
   */
  private static void forget(Thread hook) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw new InterruptedException("stopping");
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
