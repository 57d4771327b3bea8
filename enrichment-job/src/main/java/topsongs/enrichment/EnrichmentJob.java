package topsongs.enrichment;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topsongs.contract.Lake;
import topsongs.contract.ScheduledRun;

/** Reads the plays of a range of hours, gives each its song, replaces these hours of enriched/. */
@Command(
    name = "enrichment-job",
    mixinStandardHelpOptions = true,
    description = "Makes the hours from --from up to --to of enriched/ from plays/ and the songs.",
    footer = {
      "",
      "Duplicates are removed. Running it again replaces the same hours with the same rows.",
      "Example: EnrichmentJob --from=2026-11-22T13:00:00Z --to=2026-11-22T14:00:00Z"
    })
@SuppressWarnings("NullAway.Init") // picocli sets what is required before it calls.
public final class EnrichmentJob implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--from", required = true, description = "First hour, such as 2026-11-22T13:00Z.")
  private Instant from;

  @Option(names = "--to", required = true, description = "End of the last hour; not in the range.")
  private Instant to;

  public static void main(String... args) {
    ScheduledRun.of(System.getenv()).endWithItsTask();
    System.exit(
        new CommandLine(new EnrichmentJob())
            .registerConverter(Instant.class, text -> OffsetDateTime.parse(text).toInstant())
            .setParameterExceptionHandler(Failures::misused)
            .setExecutionExceptionHandler(Failures::failed)
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var started = System.nanoTime();
    var hours = hours();
    try (var spark =
        SparkSession.builder().config(PlayLake.settings(System.getenv())).getOrCreate()) {
      var lake = new PlayLake(spark, Lake.root(System.getenv()));
      spark
          .sparkContext()
          .setJobDescription(ScheduledRun.of(System.getenv()).describe("enrich hours " + hours));
      var plays = lake.plays(hours);
      var enriched = Enrichment.enrich(plays, lake.catalogue());
      var written = lake.replace(hours, plays, Enrichment.inOrder(enriched));
      System.out.printf(
          "Enriched %s: %d plays from %d deliveries (%d duplicates) in %.1f s%n",
          hours,
          written.plays(),
          written.deliveries(),
          written.duplicates(),
          secondsSince(started));
    }
    return CommandLine.ExitCode.OK;
  }

  private Hours hours() {
    try {
      return new Hours(from, to);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static double secondsSince(long started) {
    return (System.nanoTime() - started) / 1e9;
  }
}
