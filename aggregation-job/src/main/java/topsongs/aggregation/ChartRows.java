package topsongs.aggregation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Period;

/** Computed charts on their way to PostgreSQL, one period in memory at a time. */
final class ChartRows {
  private final Iterator<Row> rows;
  private @Nullable Row next;

  /**
   * @param rows period_start, region, content and hash, in the order of the periods
   */
  ChartRows(Iterator<Row> rows) {
    this.rows = rows;
    this.next = nextOf(rows);
  }

  /** The period's charts, perhaps none. Periods must be asked for in order. */
  List<Charts.Chart> take(Period period) {
    var charts = new ArrayList<Charts.Chart>();
    while (next != null && next.getString(0).equals(period.partition())) {
      charts.add(new Charts.Chart(next.getString(1), next.getString(2), next.getString(3)));
      next = nextOf(rows);
    }
    return charts;
  }

  private static @Nullable Row nextOf(Iterator<Row> rows) {
    return rows.hasNext() ? rows.next() : null;
  }
}
