package topsongs.launcher;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import topsongs.contract.Granularity;

/** The commands that run to an end: the batch jobs, the catalogue and the simulated crowd. */
final class Jobs {
  private static final Duration LIMIT = Duration.ofHours(2);

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

  void publishCatalogue() throws IOException, InterruptedException {
    run("catalogue", simulator(QUICK, "catalogue", "publish"));
  }

  /** Enriches the plays of the hours and charts them, hour by hour and day by day. */
  void chart(Instant from, Instant to) throws IOException, InterruptedException {
    enrich(from, to);
    aggregate(Granularity.HOUR, from, to, "final");
    var firstDay = Granularity.DAY.floor(from);
    var openDay = Granularity.DAY.floor(to);
    if (firstDay.isBefore(openDay)) {
      aggregate(Granularity.DAY, firstDay, openDay, "final");
    }
    if (openDay.isBefore(to)) {
      aggregate(Granularity.DAY, openDay, openDay.plus(Granularity.DAY.length()), "provisional");
    }
  }

  /** Charts the hour and the day that hold the instant as they stand. */
  void chartProvisionally(Instant now) throws IOException, InterruptedException {
    var hour = Granularity.HOUR.floor(now);
    var day = Granularity.DAY.floor(now);
    enrich(hour, hour.plus(Granularity.HOUR.length()));
    aggregate(Granularity.HOUR, hour, hour.plus(Granularity.HOUR.length()), "provisional");
    aggregate(Granularity.DAY, day, day.plus(Granularity.DAY.length()), "provisional");
  }

  /** Runs the simulator in this terminal, so that a person sees its progress bar. */
  int simulate(List<String> arguments) throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(simulator(List.of("-Xmx1g"), arguments.toArray(String[]::new)))
            .inheritIO();
    builder.environment().putAll(settings.environment());
    var process = builder.start();
    var stop = new Thread(process::destroy, "stop-simulator");
    Runtime.getRuntime().addShutdownHook(stop);
    return process.waitFor();
  }

  List<String> simulator(List<String> flags, String... arguments) {
    var command =
        Commands.java(flags, "-cp", home.classpath("simulator"), "topsongs.simulator.Simulator");
    command.addAll(List.of(arguments));
    return command;
  }

  private void enrich(Instant from, Instant to) throws IOException, InterruptedException {
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

  private void aggregate(Granularity granularity, Instant from, Instant to, String status)
      throws IOException, InterruptedException {
    run(
        "aggregation-job",
        Commands.spark(
            home,
            "aggregation-job",
            BATCH,
            "topsongs.aggregation.AggregationJob",
            "charts",
            "--granularity=" + granularity.wireName(),
            "--from=" + from,
            "--to=" + to,
            "--status=" + status));
  }

  private void run(String name, List<String> command) throws IOException, InterruptedException {
    var log = home.log(name);
    var process = Commands.builder(command, settings.environment(), log).start();
    ProcessFile.write(home.processFile(name), process.toHandle());
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "Cannot finish %s: still running after %s".formatted(name, LIMIT));
      }
    } finally {
      process.destroyForcibly();
      ProcessFile.delete(home.processFile(name));
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "Cannot run %s: exit %d. The end of %s:%n%s"
              .formatted(name, process.exitValue(), log, Commands.tail(log)));
    }
  }
}
