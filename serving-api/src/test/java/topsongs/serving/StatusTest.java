package topsongs.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static topsongs.contract.Granularity.DAY;
import static topsongs.contract.Granularity.HOUR;
import static topsongs.serving.ChartTables.charted;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import topsongs.serving.Reports.Ingestion;
import topsongs.serving.Reports.Ingestion.Answer;
import topsongs.serving.Reports.Stream;
import topsongs.serving.Reports.Told;
import topsongs.serving.StatusResource.Run;
import topsongs.serving.StatusResource.Stage;
import topsongs.serving.StatusResource.Status;

class StatusTest {
  private static final String HOURLY = "top_songs_hourly";
  private static final String DAILY = "top_songs_daily";
  private static final Instant AT_15_20 = Instant.parse("2026-11-22T15:20:12Z");

  private static RunningApi api;
  private static ChartTables tables;

  @BeforeAll
  static void start() {
    api = RunningApi.withTables();
    tables = api.tables();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void clear() {
    tables.clear();
  }

  @Test
  void emptyDatabase_hasNothingToBeLateOrFailed() {
    assertThat(at(AT_15_20)).isEqualTo(new Status(AT_15_20, true, List.of(), List.of()));
  }

  @Test
  void allWell_isHealthy() {
    stage("stream", "2026-11-22T15:20:00Z");
    stage("hour_charts", "2026-11-22T15:00:00Z");
    stage("day_charts", "2026-11-22T00:00:00Z");
    tables.run(HOURLY, "15:00", "2026-11-22T15:03:41Z");
    tables.run(DAILY, "22 Nov", "2026-11-22T00:20:07Z");
    var status = at(AT_15_20);
    assertThat(status.healthy()).isTrue();
    assertThat(status.stages())
        .extracting(Stage::stage)
        .containsExactly("stream", "hour_charts", "day_charts");
    assertThat(status.stages()).noneMatch(Stage::late);
    assertThat(status.runs()).extracting(Run::pipeline).containsExactly(HOURLY, DAILY);
  }

  @Test
  void hourNotChartedAQuarterAfterItsEnd_isLate() {
    stage("hour_charts", "2026-11-22T14:00:00Z");
    assertLateAfter("2026-11-22T15:15:00Z");
  }

  @Test
  void dayNotChartedAnHourAfterItsEnd_isLate() {
    stage("day_charts", "2026-11-22T00:00:00Z");
    assertLateAfter("2026-11-23T01:00:00Z");
  }

  @Test
  void streamThatStoodStillForAQuarter_isLate() {
    stage("stream", "2026-11-22T15:20:00Z");
    assertLateAfter("2026-11-22T15:35:00Z");
  }

  @Test
  void stageNothingIsPromisedOf_isNeverLate() {
    stage("another", "2020-01-01T00:00:00Z");
    var status = at(AT_15_20);
    assertThat(status.healthy()).isTrue();
    assertThat(status.stages()).extracting(Stage::dueAt).containsOnlyNulls();
  }

  @Test
  void whatTheStreamTells_isNewerThanWhatTheLoadHeardOfIt() {
    stage("stream", "2026-11-22T15:15:00Z");
    var told = streamAt("2026-11-22T15:18:12Z", Map.of());
    var status = at(AT_15_20, told);
    assertThat(status.stages()).hasSize(1);
    assertThat(status.stages().get(0).passedUntil()).isEqualTo("2026-11-22T15:18:12Z");
    assertThat(status.stages().get(0).dueAt()).isEqualTo(AT_15_20);
    assertThat(status.healthy()).isTrue();
    var late = at(AT_15_20.plusMillis(1), told);
    assertThat(late.healthy()).isFalse();
    assertThat(requireNonNull(late.stages().get(0).flow()).waiting()).isNull();
  }

  @Test
  void flowOfTheStream_isItsLast60WholeMinutes_gapsAre0() {
    var sums =
        Map.of(
            Instant.parse("2026-11-22T14:19:00Z"), 999L,
            Instant.parse("2026-11-22T14:20:00Z"), 7L,
            Instant.parse("2026-11-22T15:19:00Z"), 12L,
            Instant.parse("2026-11-22T15:20:00Z"), 999L);
    var flow =
        requireNonNull(at(AT_15_20, streamAt("2026-11-22T15:20:10Z", sums)).stages().get(0).flow());
    assertThat(flow.stepSeconds()).isEqualTo(60);
    assertThat(flow.from()).isEqualTo("2026-11-22T14:20:00Z");
    assertThat(flow.plays()).hasSize(60).startsWith(7L, 0L).endsWith(0L, 12L);
    assertThat(flow.waiting()).isEqualTo(3);
  }

  @Test
  void flowOfIngestion_beginsWithItsFirstMinute() {
    var began = Instant.parse("2026-11-22T15:16:30Z");
    var answer = new Answer(began, Map.of(Instant.parse("2026-11-22T15:18:00Z"), 5L));
    var status = at(AT_15_20, ingestion(AT_15_20.minusSeconds(1), answer));
    assertThat(status.healthy()).isTrue();
    assertThat(status.stages())
        .extracting(Stage::stage, Stage::flow)
        .containsExactly(
            tuple(
                "ingestion",
                new Flow(
                    60, Instant.parse("2026-11-22T15:16:00Z"), List.of(0L, 0L, 5L, 0L), null)));
  }

  @Test
  void ingestionThatDoesNotAnswerForAMinute_isLate_andItsFlowIsNotKnown() {
    var told = ingestion(AT_15_20.minusSeconds(60), null);
    assertThat(at(AT_15_20, told).stages()).extracting(Stage::late).containsExactly(false);
    var late = at(AT_15_20.plusMillis(1), told);
    assertThat(late.stages())
        .extracting(Stage::late, Stage::flow)
        .containsExactly(tuple(true, null));
    assertThat(late.healthy()).isFalse();
  }

  @Test
  void flowOfCharts_isWhatSettledPeriodsReceived() {
    tables.finalHour("GLOBAL", "2026-11-22T11:00:00Z", charted("copper", 10));
    tables.finalHour("GLOBAL", "2026-11-22T13:00:00Z", charted("copper", 30));
    tables.finalHour("CA", "2026-11-22T13:00:00Z", charted("copper", 20));
    tables.finalHour("GLOBAL", "2026-11-22T14:00:00Z", charted("copper", 40));
    stage("hour_charts", "2026-11-22T14:00:00Z");
    stage("day_charts", "2026-11-22T00:00:00Z");
    var stages = at(AT_15_20).stages();
    // Of each chart, ChartTables has 15 plays that do not count.
    assertThat(stages.get(0).flow())
        .isEqualTo(
            new Flow(3600, Instant.parse("2026-11-22T11:00:00Z"), List.of(25L, 0L, 45L), null));
    assertThat(stages.get(1).flow())
        .isEqualTo(new Flow(86400, Instant.parse("2026-11-22T00:00:00Z"), List.of(), null));
  }

  private static Told streamAt(String completeUntil, Map<Instant, Long> minutes) {
    var until = Instant.parse(completeUntil);
    var began = Instant.parse("2026-11-01T00:00:00Z");
    return new Told(Optional.empty(), Optional.of(new Stream(until, until, began, 3L, minutes)));
  }

  private static Told ingestion(Instant answeredAt, @Nullable Answer answer) {
    return new Told(Optional.of(new Ingestion(answeredAt, answer)), Optional.empty());
  }

  private static void stage(String stage, String passedUntil) {
    tables.stage(stage, Instant.parse(passedUntil), Instant.parse(passedUntil));
  }

  private static Status at(Instant now) {
    return at(now, Told.NOTHING);
  }

  private static Status at(Instant now, Told told) {
    return new Pipelines(JdbcClient.create(api.database().source())).status(now, told);
  }

  private static void assertLateAfter(String due) {
    var onTime = at(Instant.parse(due));
    assertThat(onTime.stages()).extracting(Stage::dueAt).containsExactly(Instant.parse(due));
    assertThat(onTime.stages()).extracting(Stage::late).containsExactly(false);
    assertThat(onTime.healthy()).isTrue();
    var after = at(Instant.parse(due).plusMillis(1));
    assertThat(after.stages()).extracting(Stage::late).containsExactly(true);
    assertThat(after.healthy()).isFalse();
  }

  @Test
  void recordMissingInTheLake_isUnhealthy() {
    tables.audited(0, 0, 12, 12, null);
    assertThat(at(AT_15_20).healthy()).isTrue();
    tables.audited(1, 0, 12, 11, "missing: offset 7");
    assertThat(at(AT_15_20).healthy()).isFalse();
  }

  @Test
  void latestRunThatFailed_saysWhatAndWhy() {
    tables.run(HOURLY, "14:00", "2026-11-22T14:03:00Z");
    tables.failedRun(HOURLY, "15:00", "2026-11-22T15:03:00Z", "Cannot load charts: no answer");
    var status = at(AT_15_20);
    assertThat(status.healthy()).isFalse();
    assertThat(status.runs())
        .containsExactly(
            new Run(
                HOURLY,
                "15:00",
                true,
                "failed",
                null,
                null,
                "load",
                "Cannot load charts: no answer",
                "http://127.0.0.1:8080/log",
                null,
                Instant.parse("2026-11-22T15:03:00Z")));
  }

  @Test
  void failedRunThatSucceedsWhenRepeated_isASuccess() {
    tables.failedRun(HOURLY, "15:00", "2026-11-22T15:03:00Z", "Cannot load charts: no answer");
    tables.run(HOURLY, "15:00", "2026-11-22T15:09:00Z");
    var status = at(AT_15_20);
    assertThat(status.healthy()).isTrue();
    assertThat(status.runs()).extracting(Run::status).containsExactly("success");
  }

  @Test
  void failureOutlivedByANewerSuccess_isShownForADayButHealthy() {
    tables.failedRun(HOURLY, "15:00", "2026-11-21T15:20:13Z", "Cannot load charts: no answer");
    tables.failedRun(HOURLY, "14:00", "2026-11-21T15:20:12Z", "Cannot load charts: no answer");
    tables.run(HOURLY, "16:00", "2026-11-22T15:03:00Z");
    var status = at(AT_15_20);
    assertThat(status.healthy()).isTrue();
    assertThat(status.runs()).extracting(Run::runId).containsExactly("16:00", "15:00");
    assertThat(status.runs()).extracting(Run::latest).containsExactly(true, false);
  }

  @Test
  void lastRunThatFailedLongAgo_isStillAFailure() {
    tables.failedRun(DAILY, "1 Nov", "2026-11-01T00:20:00Z", "Cannot read enriched/: no such hour");
    assertThat(at(AT_15_20).healthy()).isFalse();
  }

  @Test
  void manyFailuresOfOnePipeline_doNotHideAnothersLatestRun() {
    tables.run(DAILY, "22 Nov", "2026-11-22T00:20:07Z");
    for (int i = 0; i < 60; i++) {
      tables.failedRun(HOURLY, "manual " + i, AT_15_20.minusSeconds(i).toString(), "Cannot load");
    }
    var runs = at(AT_15_20).runs();
    assertThat(runs).hasSize(50);
    assertThat(runs.get(0).runId()).isEqualTo("manual 0");
    assertThat(runs.get(49).pipeline()).isEqualTo(DAILY);
  }

  @Test
  void messageOfAnyCharacters_staysOneJsonText() {
    var message = "Cannot load \"CA\":\n\tat a\\b </script> \u0001\u2028 🎵" + "!".repeat(100_000);
    tables.failedRun(HOURLY, "15:00", "2026-11-22T15:03:00Z", message);
    var run = api.getJson("/v1/status").at("/runs/0");
    assertThat(run.at("/message").asString()).isEqualTo(message);
  }

  @Test
  void databaseWithChartsAlone_saysHowFarTheyAreSettled() {
    tables.chart(DAY, "GLOBAL", "2026-11-21T00:00:00Z", "final", charted("salt", 1));
    tables.finalHour("GLOBAL", "2026-11-22T10:00:00Z", charted("salt", 1));
    tables.chart(HOUR, "GLOBAL", "2026-11-22T11:00:00Z", "held", charted("salt", 1));
    tables.chart(HOUR, "GLOBAL", "2026-11-22T12:00:00Z", "provisional", charted("salt", 1));
    assertThat(at(AT_15_20).stages())
        .extracting(Stage::stage, Stage::passedUntil, Stage::updatedAt)
        .containsExactly(
            tuple(
                "hour_charts",
                Instant.parse("2026-11-22T12:00:00Z"),
                Instant.parse("2026-11-22T12:00:38Z")),
            tuple(
                "day_charts",
                Instant.parse("2026-11-22T00:00:00Z"),
                Instant.parse("2026-11-22T00:00:38Z")));
  }

  /** The history of a new database is loaded period by period, and its stage written at the end. */
  @Test
  void firstChartsThatAreBeingLoaded_areNotLateWhileTheyCome() {
    tables.finalHour("GLOBAL", "2026-11-22T10:00:00Z", charted("salt", 1));
    computedAt("2026-11-22T15:18:00Z");
    assertLateAfter("2026-11-22T15:33:00Z");
    computedAt("2026-11-22T11:00:38Z");
    assertLateAfter("2026-11-22T12:15:00Z");
  }

  private static void computedAt(String instant) {
    JdbcClient.create(api.database().source())
        .sql("UPDATE chart SET computed_at = CAST(:at AS timestamptz)")
        .param("at", instant)
        .update();
  }

  @Test
  void hoursWithoutPlays_arePassedWithoutAChart() {
    tables.finalHour("GLOBAL", "2026-11-22T10:00:00Z", charted("salt", 1));
    stage("hour_charts", "2026-11-22T15:00:00Z");
    assertThat(at(AT_15_20).stages())
        .extracting(Stage::passedUntil)
        .containsExactly(Instant.parse("2026-11-22T15:00:00Z"));
  }

  @Test
  void overHttp_theClockIsTheServices_andNobodyKeepsTheAnswer() {
    var asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    tables.stage("stream", asked.minusSeconds(12), asked);
    var answer = api.get("/v1/status");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    var status = RunningApi.json(answer.body());
    assertThat(Instant.parse(status.at("/now").asString())).isBetween(asked, asked.plusSeconds(30));
    assertThat(status.at("/stages/0/lag_seconds").asLong()).isBetween(12L, 42L);
  }

  @Test
  void exampleHasTheFieldsOfTheAnswer() {
    stage("stream", "2026-11-22T15:20:00Z");
    stage("hour_charts", "2026-11-22T14:00:00Z");
    tables.run(HOURLY, "15:00", "2026-11-22T15:03:00Z");
    var answer = api.getJson("/v1/status");
    var example = RunningApi.example("status");
    for (var part : new String[] {"", "/stages/1", "/stages/1/flow", "/runs/0"}) {
      assertThat(example.at(part).propertyNames())
          .containsExactlyElementsOf(answer.at(part).propertyNames());
    }
  }
}
