package topsongs.aggregation;

import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;
import topsongs.contract.Granularity;

/** Makes charts from enriched plays, and the tables they are loaded into. */
@Command(
    name = "aggregation-job",
    mixinStandardHelpOptions = true,
    subcommands = ChartsCommand.class,
    description = "Makes charts from enriched/: in the lake's charts/ and in PostgreSQL.")
public final class AggregationJob {
  private AggregationJob() {}

  public static void main(String... args) {
    System.exit(
        new CommandLine(new AggregationJob())
            .registerConverter(Instant.class, text -> OffsetDateTime.parse(text).toInstant())
            .registerConverter(Granularity.class, AggregationJob::granularity)
            .setParameterExceptionHandler(Failures::misused)
            .setExecutionExceptionHandler(Failures::failed)
            .execute(args));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Brings PostgreSQL's tables up to date. Safe to run again.")
  void migrate() {
    var applied = Database.of(System.getenv()).migrate();
    System.out.printf("Migrated PostgreSQL: %d migrations applied%n", applied);
  }

  private static Granularity granularity(String text) {
    try {
      return Granularity.of(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
