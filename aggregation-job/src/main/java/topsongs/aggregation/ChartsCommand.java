package topsongs.aggregation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;

/** Makes the charts of a range of periods. */
@Command(
    name = "charts",
    mixinStandardHelpOptions = true,
    description = "Makes the charts of the periods from --from up to --to from enriched/.",
    footer = {
      "Running it again changes nothing unless the plays changed; then a chart's revision rises.",
      "Example: charts --granularity=hour --from=2026-11-22T13:00Z --to=2026-11-22T14:00Z"
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is required before it calls.
final class ChartsCommand implements Callable<Integer> {
  /** A run of two days takes half a minute; on a machine that is busy otherwise, some minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Spec private CommandSpec spec;

  @Option(names = "--granularity", required = true, description = "hour or day")
  private Granularity granularity;

  @Option(names = "--from", required = true, description = "Start of the first period, in UTC.")
  private Instant from;

  @Option(names = "--to", required = true, description = "End of the last; not in the range.")
  private Instant to;

  @Option(
      names = "--status",
      defaultValue = "final",
      description = "final, or provisional: periods that are already final are left alone.")
  private String status;

  @Option(
      names = "--rules",
      defaultValue = CountingRules.CURRENT,
      description = "Version of the counting rules.")
  private String rules;

  @Override
  public Integer call() throws Exception {
    var started = System.nanoTime();
    var periods = valid(() -> Periods.between(granularity, from, to));
    var counting = valid(() -> CountingRules.load(rules));
    var asked = valid(() -> Status.asked(status));
    var settings = System.getenv();
    var database = Database.of(settings);
    database.migrate();
    try (var connection = database.connect();
        var spark = SparkSession.builder().config(ChartLake.settings(settings)).getOrCreate()) {
      Database.lock(connection, periods, PATIENCE);
      var run = new ChartRun(spark, new ChartLake(spark, Lake.root(settings)), connection);
      run.loadSurroundings();
      var made = run.make(periods, counting, asked);
      System.out.printf("%s in %.1f s%n", made, (System.nanoTime() - started) / 1e9);
      return CommandLine.ExitCode.OK;
    }
  }

  private <T> T valid(Supplier<T> argument) {
    try {
      return argument.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
