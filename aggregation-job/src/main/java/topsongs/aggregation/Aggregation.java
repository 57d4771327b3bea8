package topsongs.aggregation;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;

/** From enriched/ to charts/ and flags/ of the lake. PostgreSQL is not asked. */
final class Aggregation {
  private final ChartLake lake;
  private final JobDescription description;

  Aggregation(ChartLake lake, JobDescription description) {
    this.lake = lake;
    this.description = description;
  }

  /** What a run did: how many plays its periods had received, and how many charts they made. */
  record Made(Periods periods, long charts, long plays) {
    @Override
    public String toString() {
      return "Made %d charts of %s from %d plays".formatted(charts, periods, plays);
    }
  }

  /**
   * Makes the charts of these periods, all in one plan. What is asked for as provisional and was
   * made as final is left alone: only a final run restates it.
   */
  Made aggregate(Periods asked, CountingRules rules) throws IOException {
    var periods = withoutFinal(asked);
    if (periods.all().isEmpty()) {
      return new Made(periods, 0, 0);
    }
    // Taken before the rows: should they change meanwhile, the record is too old, never too new.
    var inputs = lake.inputs(periods);
    var enriched = lake.enriched(periods);
    if (periods.granularity() == Granularity.HOUR) {
      // Before the charts, whose record says that all of the hour is there.
      flag(periods, enriched, rules);
    }
    var charts =
        Counting.charts(
                enriched,
                lake.rejected(periods),
                periods.granularity(),
                rules,
                periods.settledUntil())
            .persist();
    try {
      var made = count(periods, charts);
      description.set("charts %s: write".formatted(periods));
      lake.replace(periods, charts, inputs);
      return made;
    } finally {
      charts.unpersist();
    }
  }

  private void flag(Periods hours, Dataset<Row> enriched, CountingRules rules) throws IOException {
    description.set("flags %s: find and write".formatted(hours));
    var flags = Abuse.flags(enriched, rules).persist();
    try {
      lake.replaceFlags(hours, flags);
    } finally {
      flags.unpersist();
    }
  }

  private Made count(Periods periods, Dataset<Row> charts) {
    description.set("charts %s: count and rank".formatted(periods));
    var totals = Counting.totals(charts).first();
    return new Made(periods, totals.getLong(0), totals.getLong(1));
  }

  private Periods withoutFinal(Periods asked) throws IOException {
    var left = asked.without(lake.madeFinal(asked.provisional()));
    var leftAlone = asked.all().size() - left.all().size();
    if (leftAlone > 0) {
      System.out.printf(
          "%d of %s are already final and left alone%n", leftAlone, asked.provisional());
    }
    return left;
  }
}
