package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.HOUR;
import static topsongs.serving.ChartTables.charted;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A chart that was provisional, then final, then restated: all three are answered. */
class RevisionTest {
  private static final String AT_12 = "2026-11-22T12:00:00Z";
  private static final String AT_13 = "2026-11-22T13:00:00Z";

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
  void hourOfThreeRevisions() {
    tables.clear();
    tables.song("copper", "Copper Weather", "Ines Varga");
    tables.finalHour("CA", AT_12, charted("paper", 100), charted("copper", 80), charted("salt", 9));
    tables.chart(HOUR, "CA", AT_13, "provisional", charted("velvet", 60), charted("copper", 40));
    tables.revise(
        "CA", AT_13, "final", charted("paper", 170), charted("copper", 83), charted("velvet", 70));
    tables.revise("CA", AT_13, "final", charted("copper", 190), charted("paper", 170));
  }

  @Test
  void revisionsAreListedNewestFirst() {
    tables.chart(HOUR, "CA", AT_13, "provisional", charted("copper", 60), charted("paper", 40));
    tables.revise("CA", AT_13, "final", charted("paper", 200), charted("copper", 123));
    tables.revise("CA", AT_13, "final", charted("copper", 210), charted("paper", 150));
    assertThat(api.getJson("/v1/charts/CA/hour/revisions?at=" + AT_13))
        .isEqualTo(RunningApi.example("revisions"));
  }

  @Test
  void revisionsWithoutAt_areThoseOfTheNewestSettledChart() {
    tables.chart(HOUR, "CA", "2026-11-22T14:00:00Z", "provisional", charted("paper", 10));
    assertThat(api.getJson("/v1/charts/CA/hour/revisions").at("/revisions")).hasSize(3);
  }

  @Test
  void everyRevisionIsAnsweredAsItWas() {
    assertThat(said(revision(1))).isEqualTo("provisional 100: velvet 60 1, copper 40 2");
    assertThat(said(revision(2))).isEqualTo("final 323: paper 170 1, copper 83 2, velvet 70 3");
    assertThat(said(revision(3))).isEqualTo("final 360: copper 190 1, paper 170 2");
  }

  @Test
  void whatStandsBesideARevision_isItsOwn() {
    var first = revision(1);
    assertThat(first.at("/revision").asInt()).isEqualTo(1);
    assertThat(first.at("/computed_at").asString()).isEqualTo("2026-11-22T14:00:38Z");
    assertThat(first.at("/run").isNull()).isTrue();
    assertThat(first.at("/totals/songs").asInt()).isEqualTo(2);
    assertThat(first.at("/balance/counted").asInt()).isEqualTo(100);
    assertThat(first.at("/balance/rejected").isNull()).isTrue();
    assertThat(first.at("/entries/0/share").asString()).isEqualTo("0.6");
    assertThat(first.at("/previous_period").asString()).isEqualTo(AT_12);
  }

  @Test
  void movementIsThatOfTheRevisionsOwnRanks() {
    assertThat(entry(revision(2), 1).at("/movement").asString()).isEqualTo("same");
    assertThat(entry(revision(2), 0).at("/streak").asInt()).isEqualTo(2);
    assertThat(entry(revision(3), 0).at("/movement").asString()).isEqualTo("up");
    assertThat(entry(revision(3), 0).at("/peak_rank").asInt()).isEqualTo(1);
    assertThat(entry(revision(2), 1).at("/peak_rank").asInt()).isEqualTo(2);
    assertThat(entry(revision(1), 0).at("/movement").asString()).isEqualTo("new");
    assertThat(revision(1).at("/left/0/song/song_id").asString()).isEqualTo("paper");
    assertThat(revision(1).at("/left")).hasSize(2);
    assertThat(revision(2).at("/left")).hasSize(1);
  }

  @Test
  void numberOneHistory_isThatOfTheRevisionsNumberOne() {
    assertThat(revision(2).at("/number_one_history/22/plays").asInt()).isEqualTo(100);
    assertThat(revision(2).at("/number_one_history/23/plays").asInt()).isEqualTo(170);
    assertThat(revision(1).at("/number_one_history/22/plays").isNull()).isTrue();
    assertThat(revision(1).at("/number_one_history/23/plays").asInt()).isEqualTo(60);
  }

  @Test
  void laterPeriodsCompareWithTheNewestRevision() {
    tables.finalHour("CA", "2026-11-22T14:00:00Z", charted("copper", 5));
    assertThat(
            api.getJson("/v1/charts/CA/hour?at=2026-11-22T14:00:00Z")
                .at("/entries/0/previous_plays")
                .asInt())
        .isEqualTo(190);
  }

  @Test
  void changeSaysWhatTheRevisionChanged_exceptAfterAProvisionalOne() {
    assertThat(revision(1).at("/change").isNull()).isTrue();
    assertThat(revision(2).at("/change").isNull()).isTrue();
    assertThat(revision(3).at("/change").toString())
        .isEqualTo(
            """
            {"plays":37,"ranks":true,"words":"+37 late plays; #1 and #2 swapped; gone from #3: velvet"}""");
  }

  @Test
  void newestRevision_isTheChartItself() {
    var newest = api.get("/v1/charts/CA/hour?revision=3&at=" + AT_13);
    assertThat(newest.body()).isEqualTo(api.get("/v1/charts/CA/hour?at=" + AT_13).body());
    assertThat(newest.headers().firstValue("Cache-Control")).hasValue("max-age=60, public");
  }

  @Test
  void supersededRevision_isCachedForADay_andHasAnETag() {
    var answer = api.get("/v1/charts/CA/hour?revision=1&at=" + AT_13);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("max-age=86400, public");
    var etag = answer.headers().firstValue("ETag").orElseThrow();
    tables.revise("CA", AT_13, "final", charted("copper", 191), charted("paper", 170));
    assertThat(
            api.get("/v1/charts/CA/hour?revision=1&at=" + AT_13, "If-None-Match", etag)
                .statusCode())
        .isEqualTo(304);
  }

  /** Which chart it is a revision of is another one in an hour. */
  @Test
  void revisionWithoutAt_isCachedForSeconds() {
    assertThat(api.get("/v1/charts/CA/hour?revision=1").headers().firstValue("Cache-Control"))
        .hasValue("max-age=5, public");
  }

  @Test
  void revisionAsCsv() {
    assertThat(
            api.get("/v1/charts/CA/hour?revision=1&limit=1&at=" + AT_13, "Accept", "text/csv")
                .body())
        .isEqualToNormalizingNewlines(
            """
            region,granularity,period_start,position,rank,tied,song_id,title,artist,album,genre,duration_ms,release_date,\
            plays,listeners,share,previous_rank,previous_plays,movement,peak_rank,periods_on_chart,streak
            CA,hour,2026-11-22T13:00:00Z,1,1,false,velvet,,,,,,,60,59,0.600000,,,new,1,1,1
            """);
  }

  private static JsonNode revision(int revision) {
    return api.getJson("/v1/charts/CA/hour?at=%s&revision=%d".formatted(AT_13, revision));
  }

  private static JsonNode entry(JsonNode chart, int index) {
    return chart.at("/entries/" + index);
  }

  /** Such as {@code final 12: copper 12 1}: status, plays, and each song's plays and rank. */
  private static String said(JsonNode chart) {
    var entries =
        IntStream.range(0, chart.at("/entries").size())
            .mapToObj(i -> entry(chart, i))
            .map(
                e ->
                    "%s %s %s"
                        .formatted(
                            e.at("/song/song_id").asString(),
                            e.at("/plays").asString(),
                            e.at("/rank").asString()))
            .toList();
    return "%s %s: %s"
        .formatted(
            chart.at("/status").asString(),
            chart.at("/totals/plays").asString(),
            String.join(", ", entries));
  }
}
