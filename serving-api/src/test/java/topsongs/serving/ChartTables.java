package topsongs.serving;

import static topsongs.contract.Granularity.HOUR;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import topsongs.contract.Granularity;
import topsongs.contract.Period;

/** Charts as aggregation-job would write them. */
final class ChartTables {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  ChartTables(DataSource database) {
    jdbc = JdbcClient.create(database);
    transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
  }

  /** A song's place on a chart. */
  record Charted(String songId, long plays, long listeners) {}

  /** Its listeners are one fewer than its plays. */
  static Charted charted(String songId, long plays) {
    return charted(songId, plays, plays - 1);
  }

  static Charted charted(String songId, long plays, long listeners) {
    return new Charted(songId, plays, listeners);
  }

  void clear() {
    jdbc.sql(
            """
            TRUNCATE song, chart, chart_entry, chart_revision, balance, pipeline_stage,
              pipeline_run, offset_audit, catalogue""")
        .update();
  }

  void song(String songId, String title, String artist) {
    jdbc.sql("INSERT INTO song VALUES (?, ?, ?, NULL, NULL, 201000, '2024-03-01')")
        .params(songId, title, artist)
        .update();
  }

  void finalHour(String region, String start, Charted... entries) {
    chart(HOUR, region, start, "final", entries);
  }

  /** Replaces the chart there may be: what is charted in order of plays, as its own totals. */
  void chart(
      Granularity granularity, String region, String start, String status, Charted... entries) {
    var period = new Period(granularity, Instant.parse(start));
    transaction.executeWithoutResult(
        begun -> {
          delete(region, period);
          insertChart(region, period, status, List.of(entries));
          for (int i = 0; i < entries.length; i++) {
            insertEntry(region, period, i + 1, entries);
          }
          insertBalance(region, period, plays(List.of(entries)));
        });
  }

  /** The chart's next revision, 25 minutes after the one before, which is kept. */
  void revise(String region, String start, String status, Charted... entries) {
    var period = new Period(HOUR, Instant.parse(start));
    transaction.executeWithoutResult(
        begun -> {
          supersede(region, period, entries);
          update(region, period, status, List.of(entries));
          for (int i = 0; i < entries.length; i++) {
            insertEntry(region, period, i + 1, entries);
          }
          insertBalance(region, period, plays(List.of(entries)));
        });
  }

  /** Keeps more than differs, which reads the same. */
  private void supersede(String region, Period period, Charted... next) {
    jdbc.sql(
            """
            INSERT INTO chart_revision
            SELECT granularity, region, period_start, revision, status, computed_at, rules_version,
              run, plays, listeners, songs, content_hash,
              (SELECT to_json(balance) FROM balance
                WHERE (granularity, region, period_start) = (c.granularity, c.region, c.period_start)),
              false,
              (SELECT json_object_agg(song_id, CASE WHEN plays > 0 THEN json_build_array(plays, listeners) END)
                FROM (SELECT * FROM chart_entry
                    WHERE (granularity, region, period_start) = (c.granularity, c.region, c.period_start)) AS old
                FULL JOIN unnest(?) AS next (song_id) USING (song_id))
            FROM chart c WHERE granularity = ? AND region = ? AND period_start = ?
            """)
        .param(Arrays.stream(next).map(Charted::songId).toArray(String[]::new))
        .params(key(region, period))
        .update();
  }

  private void update(String region, Period period, String status, List<Charted> entries) {
    for (var table : List.of("chart_entry", "balance")) {
      jdbc.sql(
              "DELETE FROM %s WHERE granularity = ? AND region = ? AND period_start = ?"
                  .formatted(table))
          .params(key(region, period))
          .update();
    }
    jdbc.sql(
            """
            UPDATE chart SET revision = revision + 1, status = ?, plays = ?, listeners = ?, songs = ?,
              computed_at = computed_at + interval '25 minutes', run = 'top_songs_restate scheduled__2026-11-22T14:25:00+00:00'
            WHERE granularity = ? AND region = ? AND period_start = ?
            """)
        .params(status, plays(entries), plays(entries) / 2, entries.size())
        .params(key(region, period))
        .update();
  }

  private void delete(String region, Period period) {
    jdbc.sql("DELETE FROM chart WHERE granularity = ? AND region = ? AND period_start = ?")
        .params(key(region, period))
        .update();
  }

  private void insertChart(String region, Period period, String status, List<Charted> entries) {
    jdbc.sql("INSERT INTO chart VALUES (?, ?, ?, ?, 1, ?, '1', ?, ?, ?, 'hash')")
        .params(key(region, period))
        .params(status, period.end().plusSeconds(38).atOffset(ZoneOffset.UTC))
        .params(plays(entries), plays(entries) / 2, entries.size())
        .update();
  }

  private void insertEntry(String region, Period period, int position, Charted... entries) {
    var entry = entries[position - 1];
    var rank = 1 + Arrays.stream(entries).filter(e -> e.plays() > entry.plays()).count();
    var tied = Arrays.stream(entries).filter(e -> e.plays() == entry.plays()).count() > 1;
    jdbc.sql("INSERT INTO chart_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(key(region, period))
        .params(position, rank, tied, entry.songId(), entry.plays(), entry.listeners())
        .update();
  }

  private void insertBalance(String region, Period period, long plays) {
    jdbc.sql("INSERT INTO balance VALUES (?, ?, ?, ?, ?, 7, 5, 3, ?, 2)")
        .params(key(region, period))
        .params(Arrays.asList(plays + 15, plays, region.equals("GLOBAL") ? 4L : null))
        .update();
  }

  void stage(String stage, Instant passedUntil, Instant updatedAt) {
    jdbc.sql("INSERT INTO pipeline_stage VALUES (?, ?, ?)")
        .params(stage, passedUntil.atOffset(ZoneOffset.UTC), updatedAt.atOffset(ZoneOffset.UTC))
        .update();
  }

  void audited(int partition, long first, long next, long inLake, @Nullable String note) {
    jdbc.sql("INSERT INTO offset_audit VALUES (?, ?, ?, ?, ?, ?, '2026-11-22T15:20:31Z')")
        .params(Arrays.asList(partition, first, next, inLake, next - first - inLake, note))
        .update();
  }

  /** A repeated run replaces what it was, as Airflow's callbacks do. */
  void run(String pipeline, String runId, String endedAt) {
    insertRun(pipeline, runId, "success", null, endedAt);
  }

  void failedRun(String pipeline, String runId, String endedAt, String message) {
    insertRun(pipeline, runId, "failed", message, endedAt);
  }

  private void insertRun(
      String pipeline, String runId, String status, @Nullable String message, String endedAt) {
    jdbc.sql("DELETE FROM pipeline_run WHERE pipeline = ? AND run_id = ?")
        .params(pipeline, runId)
        .update();
    jdbc.sql(
            """
            INSERT INTO pipeline_run (pipeline, run_id, status, task, message, url, ended_at)
            VALUES (?, ?, ?, ?, ?, ?, ?::timestamptz)
            """)
        .params(
            Arrays.asList(
                pipeline,
                runId,
                status,
                message == null ? null : "load",
                message,
                message == null ? null : "http://127.0.0.1:8080/log",
                endedAt))
        .update();
  }

  void execute(String sql) {
    jdbc.sql(sql).update();
  }

  private static List<Object> key(String region, Period period) {
    return List.of(
        period.granularity().wireName(), region, period.start().atOffset(ZoneOffset.UTC));
  }

  private static long plays(List<Charted> entries) {
    return entries.stream().mapToLong(Charted::plays).sum();
  }
}
