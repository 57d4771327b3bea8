package topsongs.serving;

import static topsongs.contract.Granularity.DAY;
import static topsongs.contract.Granularity.HOUR;
import static topsongs.serving.Charts.instant;
import static topsongs.serving.Charts.instantOrNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import topsongs.contract.Granularity;
import topsongs.serving.AuditResource.Audit;
import topsongs.serving.AuditResource.Partition;
import topsongs.serving.Reports.Ingestion;
import topsongs.serving.Reports.Stream;
import topsongs.serving.Reports.Told;
import topsongs.serving.StatusResource.Run;
import topsongs.serving.StatusResource.Stage;
import topsongs.serving.StatusResource.Status;

/** How far every stage has come, and how the runs that take it there ended. */
@Repository
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class Pipelines {
  /** It passes every few seconds; a restart of it takes half a minute. */
  private static final Duration STREAM_ALLOWANCE = Duration.ofMinutes(2);

  /**
   * While the lake is away, only a load of charts tells of it, and that comes every five minutes.
   */
  private static final Duration STREAM_BY_HEARSAY_ALLOWANCE = Duration.ofMinutes(15);

  private static final Duration INGESTION_ALLOWANCE = Duration.ofMinutes(1);

  /** An hour is closed a minute of grace after its end; then a small machine needs some more. */
  private static final Duration HOUR_ALLOWANCE = Duration.ofMinutes(15);

  /** A day is counted after its last hour, and has 24 times the plays of one. */
  private static final Duration DAY_ALLOWANCE = Duration.ofHours(1);

  private static final String STREAM = "stream";

  /** Charts pass a whole period at a time: the next one has to end before it can be late. */
  private static final Map<String, Duration> DUE_AFTER =
      Map.of(
          STREAM,
          STREAM_BY_HEARSAY_ALLOWANCE,
          "hour_charts",
          HOUR.length().plus(HOUR_ALLOWANCE),
          "day_charts",
          DAY.length().plus(DAY_ALLOWANCE));

  /**
   * Charts that are loaded one after the other, as the first ones of a database are, come sooner.
   */
  private static final Duration LOADING_ALLOWANCE = Duration.ofMinutes(15);

  private static final Duration FAILURES_SHOWN = Duration.ofHours(24);

  /**
   * A stage is written when its charts are loaded. While the first ones are, and in a database
   * whose charts were made before there were stages, only the charts say how far they have come:
   * what GLOBAL has settled, because every play counts there. Their stage is not written.
   */
  private static final String STAGES =
      """
      SELECT stage, passed_until, updated_at, written FROM (
        SELECT stage, passed_until, updated_at, true AS written FROM pipeline_stage
        UNION ALL
        (SELECT 'hour_charts', period_start + interval '1 hour', computed_at, false FROM chart
          WHERE granularity = 'hour' AND region = 'GLOBAL' AND status <> 'provisional'
            AND NOT EXISTS (SELECT FROM pipeline_stage WHERE stage = 'hour_charts')
          ORDER BY period_start DESC LIMIT 1)
        UNION ALL
        (SELECT 'day_charts', period_start + interval '24 hours', computed_at, false FROM chart
          WHERE granularity = 'day' AND region = 'GLOBAL' AND status <> 'provisional'
            AND NOT EXISTS (SELECT FROM pipeline_stage WHERE stage = 'day_charts')
          ORDER BY period_start DESC LIMIT 1)) AS stages
      ORDER BY array_position(ARRAY['stream', 'hour_charts', 'day_charts'], stage), stage
      """;

  /** However many failures there are, the latest run of every pipeline is among the 50. */
  private static final String RUNS =
      """
      SELECT * FROM (
        SELECT run.*, run.ended_at = newest.ended_at AS latest
        FROM pipeline_run AS run JOIN (
          SELECT pipeline, max(ended_at) AS ended_at FROM pipeline_run GROUP BY pipeline)
          AS newest USING (pipeline)
        WHERE run.ended_at = newest.ended_at
          OR (run.status = 'failed' AND run.ended_at > :failed_since)
        ORDER BY latest DESC, run.ended_at DESC LIMIT 50) AS shown
      ORDER BY ended_at DESC, latest DESC, pipeline, run_id
      """;

  private static final String AUDITED_AT =
      "SELECT audited_at FROM offset_audit ORDER BY audited_at LIMIT 1";

  private static final String AUDITED =
      """
      SELECT kafka_partition, first_offset, next_offset, in_lake, missing, note
      FROM offset_audit ORDER BY kafka_partition
      """;

  /** The newest come first, and are as many as the longest flow has steps. */
  private static final String RECEIVED =
      """
      SELECT period_start, received FROM balance
      WHERE granularity = :granularity AND region = 'GLOBAL' AND period_start < :until
      ORDER BY period_start DESC LIMIT 30
      """;

  private final JdbcClient jdbc;

  Pipelines(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Status status(Instant now, Told told) {
    var stages = stages(now, told);
    var runs = runs(now);
    var healthy = isHealthy(stages, runs) && audit().missing() == 0;
    return new Status(now, healthy, stages, runs);
  }

  /** What the last audit found. */
  Audit audit() {
    var auditedAt = jdbc.sql(AUDITED_AT).query((row, n) -> instant(row, "audited_at")).optional();
    var partitions = jdbc.sql(AUDITED).query((row, n) -> partition(row)).list();
    var missing = partitions.stream().mapToLong(Partition::missing).sum();
    return new Audit(auditedAt.orElse(null), partitions, missing);
  }

  private static boolean isHealthy(List<Stage> stages, List<Run> runs) {
    return stages.stream().noneMatch(Stage::late)
        && runs.stream().noneMatch(run -> run.latest() && run.status().equals("failed"));
  }

  private List<Stage> stages(Instant now, Told told) {
    var stages = new ArrayList<Stage>();
    told.ingestion().map(answer -> ingestion(answer, now)).ifPresent(stages::add);
    told.stream().map(stream -> stream(stream, now)).ifPresent(stages::add);
    jdbc.sql(STAGES).query((row, n) -> stage(row, now)).list().stream()
        .filter(stage -> told.stream().isEmpty() || !stage.stage().equals(STREAM))
        .forEach(stages::add);
    return stages;
  }

  private static Stage ingestion(Ingestion answer, Instant now) {
    var at = answer.answeredAt();
    return stage("ingestion", at, at, now, at.plus(INGESTION_ALLOWANCE), answer.flow(now));
  }

  private static Stage stream(Stream stream, Instant now) {
    var until = stream.completeUntil();
    var dueAt = until.plus(STREAM_ALLOWANCE);
    return stage(
        STREAM, until, stream.updatedAt(), now, dueAt, stream.flow(now, now.isAfter(dueAt)));
  }

  /** What charts of all regions received, of the periods before the instant. */
  private Flow received(Granularity granularity, Instant until) {
    var sums = new TreeMap<Instant, Long>();
    jdbc.sql(RECEIVED)
        .param("granularity", granularity.wireName())
        .param("until", until.atOffset(ZoneOffset.UTC))
        .query(
            (RowCallbackHandler)
                row -> sums.put(instant(row, "period_start"), row.getLong("received")));
    return Flow.ofPeriods(granularity, sums, sums.isEmpty() ? until : sums.firstKey(), until);
  }

  private List<Run> runs(Instant now) {
    return jdbc.sql(RUNS)
        .param("failed_since", now.minus(FAILURES_SHOWN).atOffset(ZoneOffset.UTC))
        .query((row, n) -> run(row))
        .list();
  }

  private static Partition partition(ResultSet row) throws SQLException {
    return new Partition(
        row.getInt("kafka_partition"),
        row.getLong("first_offset"),
        row.getLong("next_offset"),
        row.getLong("in_lake"),
        row.getLong("missing"),
        row.getString("note"));
  }

  private Stage stage(ResultSet row, Instant now) throws SQLException {
    var stage = row.getString("stage");
    var passedUntil = instant(row, "passed_until");
    var updatedAt = instant(row, "updated_at");
    var dueAt = dueAt(stage, passedUntil);
    if (dueAt != null && !row.getBoolean("written")) {
      dueAt = later(dueAt, updatedAt.plus(LOADING_ALLOWANCE));
    }
    var flow =
        switch (stage) {
          case "hour_charts" -> received(HOUR, passedUntil);
          case "day_charts" -> received(DAY, passedUntil);
          default -> null;
        };
    return stage(stage, passedUntil, updatedAt, now, dueAt, flow);
  }

  private static Stage stage(
      String stage,
      Instant passedUntil,
      Instant updatedAt,
      Instant now,
      @Nullable Instant dueAt,
      @Nullable Flow flow) {
    long lag = Duration.between(passedUntil, now).toSeconds();
    return new Stage(
        stage, passedUntil, updatedAt, lag, dueAt, dueAt != null && now.isAfter(dueAt), flow);
  }

  private static @Nullable Instant dueAt(String stage, Instant passedUntil) {
    var dueAfter = DUE_AFTER.get(stage);
    return dueAfter == null ? null : passedUntil.plus(dueAfter);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private static Run run(ResultSet row) throws SQLException {
    return new Run(
        row.getString("pipeline"),
        row.getString("run_id"),
        row.getBoolean("latest"),
        row.getString("status"),
        instantOrNull(row, "interval_start"),
        instantOrNull(row, "interval_end"),
        row.getString("task"),
        row.getString("message"),
        row.getString("url"),
        instantOrNull(row, "started_at"),
        instant(row, "ended_at"));
  }
}
