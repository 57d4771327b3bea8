package topsongs.aggregation;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.spark.sql.Encoders;
import topsongs.contract.Period;

/** From the lake to PostgreSQL: charts/, the catalogue, and how far the pipeline is. */
final class Load {
  private static final int SHOWN_SONGS = 5;

  private final ChartLake lake;
  private final Connection connection;
  private final JobDescription description;

  /**
   * @param connection of this run alone; it holds the lock on the run's periods
   */
  Load(ChartLake lake, Connection connection, JobDescription description) {
    this.lake = lake;
    this.connection = connection;
    this.description = description;
  }

  /** What a run did to PostgreSQL. */
  record Loaded(Periods periods, Charts.Changes changes) {
    @Override
    public String toString() {
      return "Loaded %d charts of %s: %d changed, %d removed"
          .formatted(changes.given(), periods, changes.changed(), changes.removed());
    }
  }

  /** Takes over the catalogue and the stream's progress. */
  void loadSurroundings() throws SQLException, IOException {
    loadSongs();
    var progress = lake.streamProgress();
    if (progress.isPresent()) {
      new Stages(connection).passStream(progress.get());
    }
  }

  /** Takes over the catalogue, unless it is the one that is here; how many songs that changed. */
  int loadSongs() throws SQLException, IOException {
    // Asked before it is read: what is written in between is another version next time.
    var version = lake.catalogueVersion();
    var lines = lake.catalogue();
    if (version.isEmpty() || lines.isEmpty() || new Songs(connection).areOf(version.get())) {
      return 0;
    }
    description.set("songs: load");
    var songs = Catalogue.lastLines(lines.get());
    warnOf(Catalogue.unknown(songs).select("song_id").as(Encoders.STRING()).collectAsList());
    return new Songs(connection)
        .update(Catalogue.known(songs).toJSON().toLocalIterator(), version.get());
  }

  /** Makes PostgreSQL's charts of these periods those of the lake. */
  Loaded load(Periods periods) throws SQLException, IOException {
    description.set("charts %s: load".formatted(periods));
    var charts = new Charts(connection, description.run());
    var rows = new ChartRows(Counting.asContent(lake.charts(periods)).toLocalIterator());
    var flags = new FlagRows(Abuse.asContent(lake.flags(periods)).toLocalIterator());
    var changes = Charts.Changes.NONE;
    for (Period period : periods.all()) {
      changes =
          changes.plus(
              charts.replace(period, take(period, rows), flags.take(period), lake.input(period)));
    }
    passStage(periods);
    return new Loaded(periods, changes);
  }

  /**
   * The period's charts. None where it has plays means that who replaced them was cut off between
   * deleting and copying: what PostgreSQL has is better than nothing.
   */
  private List<Charts.Chart> take(Period period, ChartRows rows) throws IOException {
    var charts = rows.take(period);
    if (charts.isEmpty() && lake.hasPlays(period)) {
      throw new IllegalStateException(
          "Cannot load charts of %s %s: the lake has plays of it but no charts, as when aggregate was"
                  .formatted(period.granularity().wireName(), period.partition())
              + " cut off; run aggregate again");
    }
    return charts;
  }

  private void passStage(Periods periods) throws SQLException {
    var passed = periods.passedUntil();
    if (passed.isPresent()) {
      new Stages(connection).passCharts(periods.granularity(), passed.get());
    }
  }

  private static void warnOf(List<String> skipped) {
    if (!skipped.isEmpty()) {
      System.err.printf(
          "Skipped %d songs of the catalogue, which stay unknown (no id, title or artist, an id over"
              + " 64 characters, a NUL character), such as %s%n",
          skipped.size(), skipped.subList(0, Math.min(SHOWN_SONGS, skipped.size())));
    }
  }
}
