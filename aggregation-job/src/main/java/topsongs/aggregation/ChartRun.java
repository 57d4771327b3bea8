package topsongs.aggregation;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import topsongs.contract.CountingRules;
import topsongs.contract.Period;

/**
 * One run: reads the lake, counts, replaces the lake's charts, and loads PostgreSQL with the same
 * charts.
 */
final class ChartRun {
  private static final int SHOWN_SONGS = 5;

  private final SparkSession spark;
  private final ChartLake lake;
  private final Connection connection;

  /**
   * @param connection of this run alone; it holds the lock on the run's periods
   */
  ChartRun(SparkSession spark, ChartLake lake, Connection connection) {
    this.spark = spark;
    this.lake = lake;
    this.connection = connection;
  }

  /** What a run did: how many plays its periods had received, and how many charts they made. */
  record Made(Periods periods, long plays, Charts.Changes changes) {
    @Override
    public String toString() {
      return "Made %d charts of %s from %d plays: %d changed, %d removed"
          .formatted(changes.given(), periods, plays, changes.changed(), changes.removed());
    }
  }

  /** Takes over the catalogue and the stream's progress. */
  void loadSurroundings() throws SQLException, IOException {
    describe("songs: load");
    var catalogue = lake.catalogue();
    if (catalogue.isPresent()) {
      loadSongs(Catalogue.lastLines(catalogue.get()));
    }
    var progress = lake.streamProgress();
    if (progress.isPresent()) {
      new Stages(connection).passStream(progress.get());
    }
  }

  /**
   * Makes the charts of these periods, all in one plan. A provisional run leaves alone what is
   * already final: only a final run restates it.
   */
  Made make(Periods asked, CountingRules rules, Status status) throws SQLException, IOException {
    var periods = status == Status.PROVISIONAL ? withoutFinal(asked) : asked;
    if (periods.all().isEmpty()) {
      return new Made(periods, 0, Charts.Changes.NONE);
    }
    var granularity = periods.granularity();
    var charts =
        Counting.charts(lake.enriched(periods), lake.rejected(periods), granularity, rules, status)
            .persist();
    try {
      return replace(periods, charts);
    } finally {
      charts.unpersist();
    }
  }

  private Made replace(Periods periods, Dataset<Row> charts) throws SQLException, IOException {
    describe("charts %s: count and rank".formatted(periods));
    var plays = Counting.received(charts).as(Encoders.LONG()).first();
    describe("charts %s: write".formatted(periods));
    lake.replace(periods, charts);
    describe("charts %s: load".formatted(periods));
    return new Made(periods, plays, load(periods, charts));
  }

  private Periods withoutFinal(Periods asked) throws SQLException {
    var left = asked.without(new Charts(connection).finalPeriods(asked));
    System.out.printf(
        "%d of %d periods are already final and left alone%n",
        asked.all().size() - left.all().size(), asked.all().size());
    return left;
  }

  private Charts.Changes load(Periods periods, Dataset<Row> charts) throws SQLException {
    var store = new Charts(connection);
    var rows = new ChartRows(Counting.asContent(charts).toLocalIterator());
    var changes = Charts.Changes.NONE;
    for (Period period : periods.all()) {
      changes = changes.plus(store.replace(period, rows.take(period)));
    }
    return changes;
  }

  private void loadSongs(Dataset<Row> songs) throws SQLException, IOException {
    warnOf(Catalogue.unknown(songs).select("song_id").as(Encoders.STRING()).collectAsList());
    new Songs(connection).update(Catalogue.known(songs).toJSON().toLocalIterator());
  }

  private static void warnOf(List<String> skipped) {
    if (!skipped.isEmpty()) {
      System.err.printf(
          "Skipped %d songs of the catalogue, which stay unknown (no id, title or artist, an id over"
              + " 64 characters, a NUL character), such as %s%n",
          skipped.size(), skipped.subList(0, Math.min(SHOWN_SONGS, skipped.size())));
    }
  }

  private void describe(String description) {
    spark.sparkContext().setJobDescription(description);
  }
}
