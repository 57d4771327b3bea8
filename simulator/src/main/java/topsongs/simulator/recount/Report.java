package topsongs.simulator.recount;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import topsongs.simulator.Failure;

/** What the comparison found, for a person. */
final class Report {
  private static final int SHOWN_CHARTS = 10;
  private static final int SHOWN_DIFFERENCES = 5;
  private static final int SHOWN_GAPS = 5;

  private final Tables tables;
  private final PrintWriter out;

  Report(Tables tables, PrintWriter out) {
    this.tables = tables;
    this.out = out;
  }

  /**
   * @return whether there is no difference
   * @throws Failure when there is nothing that could differ
   */
  boolean tell() throws SQLException {
    long skipped = periods("moving");
    long gone = periods("gone");
    if (tables.number("SELECT count(*) FROM compared") == 0) {
      throw new Failure(
          "Cannot recount: no period to compare (%d run or are provisional, of %d the plays have left the lake)"
              .formatted(skipped, gone));
    }
    var differing =
        tables.rows(
            """
            SELECT * FROM differing_chart
            ORDER BY granularity DESC, period, region <> 'GLOBAL', region LIMIT %d"""
                .formatted(SHOWN_CHARTS),
            Differing::read);
    for (Differing chart : differing) {
      show(chart);
    }
    tellSkipped(skipped, gone);
    boolean offsetsAgree =
        tables.number("SELECT getvariable('every_day')::INTEGER") == 0 || tellOffsets();
    tellOlderCatalogue();
    return tellTotals() && offsetsAgree;
  }

  private void tellSkipped(long skipped, long gone) {
    if (skipped > 0) {
      out.printf(
          Locale.ROOT, "Periods skipped, because they run or are provisional: %,d%n", skipped);
    }
    if (gone > 0) {
      out.printf(
          Locale.ROOT, "Periods skipped, because their plays have left the lake: %,d%n", gone);
    }
  }

  private void tellOlderCatalogue() throws SQLException {
    long older = tables.number("SELECT count(*) FROM of_older_catalogue");
    if (older > 0) {
      out.printf(
          Locale.ROOT,
          "Note: charts whose unknown_song is that of an older catalogue, which is no difference: %,d%n",
          older);
    }
  }

  private boolean tellTotals() throws SQLException {
    long different = tables.number("SELECT count(*) FROM differing_chart");
    out.printf(
        Locale.ROOT,
        "%,d charts, %,d rows and %,d balances recounted from %,d plays: %,d charts differ%n",
        tables.number(
            "SELECT count(*) FROM counted_chart SEMI JOIN in_both USING (granularity, period, region)"),
        tables.number(
            "SELECT count(*) FROM counted_entry SEMI JOIN in_both USING (granularity, period, region)"),
        tables.number(
            "SELECT count(*) FROM served_balance SEMI JOIN in_both USING (granularity, period, region)"),
        tables.number(
            "SELECT sum(received) FROM counted_chart WHERE granularity = 'day' AND region = 'GLOBAL'"),
        different);
    return different == 0;
  }

  /** Whether every record that the stream has passed is in the lake. */
  private boolean tellOffsets() throws SQLException {
    tables
        .rows(
            """
            SELECT kafka_partition, rfc3339(since) FROM offset_range
            WHERE since > getvariable('now') - INTERVAL 7 DAY ORDER BY kafka_partition""",
            row ->
                "Partition %d of the topic was made anew: records until %s are not looked for"
                    .formatted(row.getInt(1), row.getString(2)))
        .forEach(out::println);
    tables
        .rows(
            "SELECT * FROM gap ORDER BY kafka_partition, first_missing LIMIT " + SHOWN_GAPS,
            row ->
                "  partition %d: offsets %d to %d are in neither plays/ nor rejected/"
                    .formatted(row.getInt(1), row.getLong(2), row.getLong(3)))
        .forEach(out::println);
    long missing = tables.number("SELECT sum(last_missing - first_missing + 1) FROM gap");
    out.printf(
        Locale.ROOT,
        "offsets: %,d records of %,d partitions, %,d missing%n",
        tables.number("SELECT sum(next_offset - first_offset) FROM offset_range"),
        tables.number("SELECT count(*) FROM offset_range"),
        missing);
    return missing == 0;
  }

  private long periods(String state) throws SQLException {
    return tables.number(
        "SELECT count(*) FROM period_state WHERE asked AND state = '%s'".formatted(state));
  }

  private void show(Differing chart) throws SQLException {
    out.printf("%s %s %s%n", chart.region(), chart.granularity(), chart.start());
    tables
        .rows(
            """
            SELECT what, expected, got FROM difference
            WHERE region = '%s' AND granularity = '%s' AND rfc3339(period) = '%s'
            ORDER BY place, what LIMIT %d"""
                .formatted(chart.region(), chart.granularity(), chart.start(), SHOWN_DIFFERENCES),
            row ->
                "  %s: expected %s, got %s"
                    .formatted(row.getString(1), row.getString(2), row.getString(3)))
        .forEach(out::println);
    if (chart.differences() > SHOWN_DIFFERENCES) {
      out.printf(Locale.ROOT, "  and %,d more%n", chart.differences() - SHOWN_DIFFERENCES);
    }
    chart.hint().lines().forEach(hint -> out.println("  " + hint));
  }

  /**
   * @param moreReceived plays of the lake that the chart's balance does not know of
   */
  private record Differing(
      String granularity,
      String start,
      String region,
      long moreReceived,
      boolean onlyMovement,
      long differences) {

    private static Differing read(ResultSet row) throws SQLException {
      return new Differing(
          row.getString("granularity"),
          row.getString("period_start"),
          row.getString("region"),
          row.getLong("more_received"),
          row.getBoolean("only_movement"),
          row.getLong("differences"));
    }

    private String hint() {
      if (moreReceived > 0) {
        return "Hint: plays of the lake that the chart was made without: %,d; late ones, not charted yet?"
            .formatted(moreReceived);
      }
      if (moreReceived < 0) {
        return "Hint: plays that the chart was made from and the lake lacks: %,d; is a file of plays/ missing?"
            .formatted(-moreReceived);
      }
      return onlyMovement
          ? "Hint: only movement differs, which looks back: an earlier chart of %s differs?"
              .formatted(region)
          : "";
    }
  }
}
