package topsongs.aggregation;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Period;

/** Flags on their way to PostgreSQL, one hour in memory at a time. */
final class FlagRows {
  private final Iterator<Row> rows;
  private @Nullable Row next;

  /**
   * @param rows period_start and contents, in the order of the hours
   */
  FlagRows(Iterator<Row> rows) {
    this.rows = rows;
    this.next = nextOf(rows);
  }

  /** The hour's flags as JSON, perhaps none. Hours must be asked for in order. */
  List<String> take(Period hour) {
    if (next == null || !next.getString(0).equals(hour.partition())) {
      return List.of();
    }
    var contents = next.<String>getList(1);
    next = nextOf(rows);
    return contents;
  }

  private static @Nullable Row nextOf(Iterator<Row> rows) {
    return rows.hasNext() ? rows.next() : null;
  }
}
