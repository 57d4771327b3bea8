package topsongs.serving;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.serving.ChartResource.Change;
import topsongs.serving.Parameters.Region;

/** What a region's charts have come to say, as a feed reader is told. */
@Repository
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class Feeds {
  private static final String SETTLED =
      """
      WITH since AS (
        SELECT max(period_start) - interval '31 days' AS since FROM chart
        WHERE granularity = :granularity AND region = :region
      ), settled AS (
        SELECT period_start, revision, status, computed_at, plays, to_json(balance) AS sheet
        FROM chart LEFT JOIN balance USING (granularity, region, period_start), since
        WHERE granularity = :granularity AND region = :region
          AND period_start > since AND status <> 'provisional'
        UNION ALL
        SELECT period_start, revision, status, computed_at, plays, balance
        FROM chart_revision, since
        WHERE granularity = :granularity AND region = :region
          AND period_start > since AND status <> 'provisional'
        ORDER BY computed_at DESC, period_start DESC, revision DESC LIMIT 50
      )
      SELECT settled.*, balance.*, song_id, tied, title, artist
      FROM settled
      CROSS JOIN json_populate_record(NULL::balance, sheet) AS balance
      LEFT JOIN LATERAL (
        SELECT song_id, tied FROM revised_entry(
          :granularity, :region, settled.period_start, settled.revision) AS entry
        WHERE entry.position = 1) AS number_one ON true
      LEFT JOIN song USING (song_id)
      ORDER BY computed_at DESC, settled.period_start DESC, revision DESC
      """;

  private final JdbcClient jdbc;
  private final Revisions revisions;

  Feeds(JdbcClient jdbc, Revisions revisions) {
    this.jdbc = jdbc;
    this.revisions = revisions;
  }

  /**
   * A settled chart, as one of its revisions has it.
   *
   * @param numberOne null where nothing was charted
   * @param tied whether others stand there too
   * @param change null unless it changed a settled one
   */
  record Settled(
      Instant periodStart,
      int revision,
      String status,
      Instant computedAt,
      @Nullable String numberOne,
      boolean tied,
      @Nullable Change change) {
    private static final DateTimeFormatter HOUR = format("d MMMM uuuu, HH:mm 'UTC'");
    private static final DateTimeFormatter DAY = format("d MMMM uuuu");

    private static DateTimeFormatter format(String pattern) {
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    String period(Granularity granularity) {
      return (granularity == Granularity.HOUR ? HOUR : DAY).format(periodStart);
    }

    private String numberOneInWords() {
      return numberOne == null
          ? "No play counted."
          : "Number one%s: %s.".formatted(tied ? ", tied" : "", numberOne);
    }

    String words() {
      return numberOneInWords()
          + (status.equals("held") ? " Held: its balance does not add up." : "")
          + (change == null ? "" : " Revision %d: %s.".formatted(revision, change.words()));
    }
  }

  /** Newest first, at most 50. */
  List<Settled> settled(Region region, Granularity granularity) {
    return jdbc.sql(SETTLED)
        .param("granularity", granularity.wireName())
        .param("region", region.code())
        .query((row, n) -> settled(row, region, granularity))
        .list();
  }

  private Settled settled(ResultSet row, Region region, Granularity granularity)
      throws SQLException {
    var start = Charts.instant(row, "period_start");
    var revision = row.getInt("revision");
    return new Settled(
        start,
        revision,
        Charts.status(row),
        Charts.instant(row, "computed_at"),
        numberOne(row),
        row.getBoolean("tied"),
        revisions.change(region, new Period(granularity, start), revision));
  }

  private static @Nullable String numberOne(ResultSet row) throws SQLException {
    var title = row.getString("title");
    return title == null ? row.getString("song_id") : title + " by " + row.getString("artist");
  }
}
