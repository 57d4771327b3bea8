package topsongs.aggregation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Period;

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
   * Makes the charts of these periods, those by the same rules in one plan. What is asked for as
   * provisional and was made as final is left alone: only a final run restates it.
   *
   * @param rules null for those that each period was last made by: a late play does not change them
   */
  Made aggregate(Periods asked, @Nullable CountingRules rules) throws IOException {
    var periods = withoutFinal(asked);
    var charts = 0L;
    var plays = 0L;
    for (var same : byRules(periods, rules).entrySet()) {
      var made = make(periods.only(same.getValue()), CountingRules.load(same.getKey()));
      charts += made.charts();
      plays += made.plays();
    }
    return new Made(periods, charts, plays);
  }

  private SortedMap<String, List<Period>> byRules(Periods periods, @Nullable CountingRules rules)
      throws IOException {
    var found = new TreeMap<String, List<Period>>();
    for (var period : periods.all()) {
      var version =
          rules == null ? lake.rules(period).orElse(CountingRules.CURRENT) : rules.version();
      found.computeIfAbsent(version, none -> new ArrayList<>()).add(period);
    }
    return found;
  }

  private Made make(Periods periods, CountingRules rules) throws IOException {
    // Before anything of it is written: a run that is killed and tried again stays with them.
    lake.keepRules(periods, rules);
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
