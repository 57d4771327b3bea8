package topsongs.launcher;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;

/** Charts a range again, against the running stack. */
@Command(
    name = "chart",
    mixinStandardHelpOptions = true,
    description =
        "Enrich and chart a range of hours, and the days they are of, again. Rerunning changes nothing.")
final class ChartCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofHours(3);

  @Option(
      names = "--from",
      required = true,
      description = "First hour, such as 2026-11-22T00:00:00Z.")
  Instant from = Instant.EPOCH;

  @Option(names = "--to", required = true, description = "The hour after the last.")
  Instant to = Instant.EPOCH;

  @Option(
      names = "--rules",
      defaultValue = CountingRules.SAME,
      description =
          "Version of the counting rules, such as 2; later runs over the range stay with it. Default:"
              + " what each period was last charted by.")
  String rules = CountingRules.SAME;

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireWholeHour("--from", from);
    requireWholeHour("--to", to);
    var home = Home.find();
    if (ProcessFile.read(home.processFile("launcher")).isEmpty()) {
      throw new IllegalStateException(
          "Cannot chart: nothing is running here; ./top-songs up starts it");
    }
    System.out.printf("Charting %s to %s%n", from, to);
    if (Airflow.isRunning(home)) {
      new Airflow(home, Settings.load(home)).backfill(from, to, rules, LIMIT);
      System.out.println("Charted, by a run of Airflow's top_songs_backfill.");
    } else {
      chartWithoutAirflow(home, Settings.load(home));
      System.out.printf("Charted. What changed is at the end of %s%n", home.log("aggregation-job"));
    }
    return 0;
  }

  private void chartWithoutAirflow(Home home, Settings settings)
      throws IOException, InterruptedException {
    var settled = Schedule.settled(new StreamProgress(settings).completeUntil());
    new Jobs(home, settings).chart(from, to, settled, rules);
  }

  private static void requireWholeHour(String option, Instant instant) {
    if (!Granularity.HOUR.floor(instant).equals(instant)) {
      throw new IllegalArgumentException(
          "Cannot chart: %s must be a whole hour such as 2026-11-22T13:00:00Z, got %s"
              .formatted(option, instant));
    }
  }
}
