package topsongs.aggregation;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.ScheduledRun;

/** Makes charts from enriched plays, loads them, and makes the tables they are loaded into. */
@Command(
    name = "aggregation-job",
    mixinStandardHelpOptions = true,
    description = "Makes charts from enriched/: in the lake's charts/ and in PostgreSQL.",
    footer = {
      "",
      "Running it again changes nothing unless the plays changed; then a chart's revision rises.",
      "Example: charts --from=2026-11-22T13:00Z --to=2026-11-22T14:00Z --granularity=hour"
    })
public final class AggregationJob {
  private static final String RULES =
      "Version of the counting rules, or ${DEFAULT-VALUE} (default): what each period was last made by, version "
          + CountingRules.CURRENT
          + " where it never was.";

  private final ChartRun run = new ChartRun(System.getenv());

  private AggregationJob() {}

  public static void main(String... args) {
    ScheduledRun.of(System.getenv()).endWithItsTask();
    System.exit(
        new CommandLine(new AggregationJob())
            .registerConverter(Instant.class, text -> OffsetDateTime.parse(text).toInstant())
            .registerConverter(Granularity.class, said(Granularity::of))
            .registerConverter(CountingRules.class, said(AggregationJob::rules))
            .setParameterExceptionHandler(Failures::misused)
            .setExecutionExceptionHandler(Failures::failed)
            .execute(args));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Counts and ranks: from enriched/ to charts/ of the lake, and no further.")
  void aggregate(
      @Mixin RangeOptions range,
      @Option(names = "--rules", defaultValue = CountingRules.SAME, description = RULES)
          @Nullable CountingRules rules)
      throws IOException {
    run.aggregate(range.periods(), rules);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Makes PostgreSQL's charts those of the lake; songs and stages too.")
  void load(@Mixin RangeOptions range) throws SQLException, IOException {
    run.load(range.periods());
  }

  @Command(mixinStandardHelpOptions = true, description = "Does both: aggregate, then load.")
  void charts(
      @Mixin RangeOptions range,
      @Option(names = "--rules", defaultValue = CountingRules.SAME, description = RULES)
          @Nullable CountingRules rules)
      throws SQLException, IOException {
    run.charts(range.periods(), rules);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Looks in plays/ and rejected/ for every record that reached Kafka in the last 7 days, as",
        "far as the stream is, and fails when one is missing. Table offset_audit has the result."
      })
  void audit() throws SQLException, IOException {
    run.audit();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Brings PostgreSQL's songs up to the catalogue. Counts nothing.")
  void songs() throws SQLException, IOException {
    run.songs();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Brings PostgreSQL's tables up to date. Safe to run again.")
  void migrate() {
    System.out.printf("Migrated PostgreSQL: %d migrations applied%n", run.migrate());
  }

  private static @Nullable CountingRules rules(String version) {
    return version.equals(CountingRules.SAME) ? null : CountingRules.load(version);
  }

  private static <T extends @Nullable Object> ITypeConverter<T> said(Function<String, T> reading) {
    return text -> {
      try {
        return reading.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
