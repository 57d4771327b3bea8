package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.DAY;
import static topsongs.contract.Granularity.HOUR;
import static topsongs.serving.ChartTables.charted;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import topsongs.serving.ChartTables.Charted;

class ChartTest {
  private static final String AT_10 = "2026-11-22T10:00:00Z";
  private static final String AT_11 = "2026-11-22T11:00:00Z";
  private static final String AT_12 = "2026-11-22T12:00:00Z";
  private static final String AT_13 = "2026-11-22T13:00:00Z";
  private static final String AT_14 = "2026-11-22T14:00:00Z";

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
  void afternoonInCanada() {
    tables.clear();
    tables.song("copper", "Copper Weather", "Ines Varga");
    tables.song("paper", "Paper Lanterns", "Lumen");
    tables.song("velvet", "Velvet Halo", "The Tall Ships");
    tables.song("neon", "Neon Cities", "Rosa & Dário");
    tables.finalHour("CA", AT_10, charted("copper", 50), charted("velvet", 40));
    tables.finalHour("CA", AT_11, charted("paper", 90), charted("velvet", 80));
    tables.finalHour(
        "CA",
        AT_12,
        charted("paper", 100),
        charted("copper", 80),
        charted("neon", 60),
        charted("salt", 60));
    tables.finalHour(
        "CA",
        AT_13,
        charted("copper", 120),
        charted("paper", 100),
        charted("velvet", 70),
        charted("unheard-of", 70));
    tables.chart(HOUR, "CA", AT_14, "provisional", charted("paper", 10));
  }

  @Test
  void everyDocumentedField_isAnswered() {
    tables.finalHour(
        "CA",
        AT_13,
        charted("paper", 100),
        charted("copper", 83),
        charted("velvet", 70),
        charted("unheard-of", 70));
    tables.revise(
        "CA",
        AT_13,
        "final",
        charted("copper", 120),
        charted("paper", 100),
        charted("velvet", 70),
        charted("unheard-of", 70));
    assertThat(chart("CA/hour?at=" + AT_13)).isEqualTo(RunningApi.example("chart"));
  }

  @Test
  void fieldsStandInTheDocumentedOrder() {
    assertThat(chart("CA/hour").propertyNames())
        .containsExactly(
            "region",
            "region_name",
            "granularity",
            "period_start",
            "period_end",
            "status",
            "revision",
            "computed_at",
            "rules_version",
            "run",
            "change",
            "totals",
            "balance",
            "previous_period",
            "next_period",
            "entries",
            "number_one_history",
            "left");
    assertThat(entry(chart("CA/hour"), "copper").propertyNames())
        .containsExactly(
            "position",
            "rank",
            "tied",
            "song",
            "plays",
            "listeners",
            "share",
            "previous_rank",
            "previous_plays",
            "movement",
            "peak_rank",
            "periods_on_chart",
            "streak");
  }

  @Test
  void songNeverChartedBefore_isNew() {
    var entry = entry(chart("CA/hour?at=" + AT_13), "unheard-of");
    assertThat(entry.at("/movement").asString()).isEqualTo("new");
    assertThat(entry.at("/previous_rank").isNull()).isTrue();
    assertThat(entry.at("/periods_on_chart").asInt()).isEqualTo(1);
  }

  @Test
  void songChartedBeforeButNotInThePeriodJustBefore_isReEntry() {
    var entry = entry(chart("CA/hour?at=" + AT_13), "velvet");
    assertThat(entry.at("/movement").asString()).isEqualTo("re_entry");
    assertThat(entry.at("/previous_plays").isNull()).isTrue();
    assertThat(entry.at("/peak_rank").asInt()).isEqualTo(2);
    assertThat(entry.at("/periods_on_chart").asInt()).isEqualTo(3);
    assertThat(entry.at("/streak").asInt()).isEqualTo(1);
  }

  @Test
  void higherRankThanJustBefore_isUp_andLowerIsDown() {
    var chart = chart("CA/hour?at=" + AT_13);
    assertThat(entry(chart, "copper").at("/movement").asString()).isEqualTo("up");
    assertThat(entry(chart, "copper").at("/previous_rank").asInt()).isEqualTo(2);
    assertThat(entry(chart, "copper").at("/previous_plays").asInt()).isEqualTo(80);
    assertThat(entry(chart, "paper").at("/movement").asString()).isEqualTo("down");
  }

  @Test
  void equalRankInAnotherPosition_isSame() {
    tables.finalHour("CA", AT_13, charted("salt", 60), charted("neon", 60));
    tables.finalHour("CA", AT_14, charted("neon", 60), charted("salt", 60));
    assertThat(entry(chart("CA/hour?at=" + AT_14), "salt").at("/movement").asString())
        .isEqualTo("same");
  }

  @Test
  void hourWithoutAnyChart_breaksStreaks_andEveryoneReEnters() {
    tables.finalHour("CA", "2026-11-22T16:00:00Z", charted("paper", 5));
    var chart = chart("CA/hour?at=2026-11-22T16:00:00Z");
    assertThat(entry(chart, "paper").at("/movement").asString()).isEqualTo("re_entry");
    assertThat(entry(chart, "paper").at("/streak").asInt()).isEqualTo(1);
    assertThat(chart.at("/previous_period").asString()).isEqualTo(AT_14);
    assertThat(chart.at("/left").isEmpty()).isTrue();
  }

  @Test
  void streakCountsBackToTheLastGapOnly() {
    assertThat(entry(chart("CA/hour?at=" + AT_13), "copper").at("/streak").asInt()).isEqualTo(2);
    assertThat(entry(chart("CA/hour?at=" + AT_13), "paper").at("/streak").asInt()).isEqualTo(3);
  }

  @Test
  void dayStreaksCountDays() {
    tables.chart(DAY, "CA", "2026-11-20T00:00:00Z", "final", charted("paper", 5));
    tables.chart(DAY, "CA", "2026-11-21T00:00:00Z", "final", charted("paper", 5));
    var chart = chart("CA/day?at=2026-11-21T23:59:59.999Z");
    assertThat(entry(chart, "paper").at("/streak").asInt()).isEqualTo(2);
    assertThat(entry(chart, "paper").at("/movement").asString()).isEqualTo("same");
    assertThat(chart.at("/period_end").asString()).isEqualTo("2026-11-22T00:00:00Z");
    assertThat(chart.at("/number_one_history/0/period_start").asString())
        .isEqualTo("2026-10-29T00:00:00Z");
  }

  @Test
  void whatIsTrueAsOfThePeriod_doesNotKnowItsFuture() {
    var entry = entry(chart("CA/hour?at=" + AT_10), "velvet");
    assertThat(entry.at("/movement").asString()).isEqualTo("new");
    assertThat(entry.at("/periods_on_chart").asInt()).isEqualTo(1);
  }

  @Test
  void otherRegionsAndGranularities_doNotCountAsPast() {
    tables.finalHour("GLOBAL", AT_12, charted("unheard-of", 5));
    tables.chart(DAY, "CA", "2026-11-21T00:00:00Z", "final", charted("unheard-of", 5));
    assertThat(entry(chart("CA/hour?at=" + AT_13), "unheard-of").at("/movement").asString())
        .isEqualTo("new");
  }

  @Test
  void restatedHour_correctsTheMovementOfTheNext() {
    tables.finalHour("CA", AT_12, charted("copper", 300), charted("paper", 100));
    var entry = entry(chart("CA/hour?at=" + AT_13), "copper");
    assertThat(entry.at("/movement").asString()).isEqualTo("same");
    assertThat(entry.at("/previous_plays").asInt()).isEqualTo(300);
  }

  @Test
  void songThatFellOutOfTheTen_isLeft_andLimitDoesNotMatter() {
    tables.finalHour("CA", AT_12, songs(1, 11));
    tables.finalHour("CA", AT_13, songs(2, 12));
    assertThat(chart("CA/hour?limit=1&at=" + AT_13).at("/left").toString())
        .isEqualTo(
            """
            [{"song":{"song_id":"song-1","title":null,"artist":null},"previous_rank":1}]""");
  }

  @Test
  void shareIsRoundedHalfUpToSixDecimals() {
    tables.finalHour("CA", AT_13, charted("copper", 127), charted("paper", 1));
    assertThat(entry(chart("CA/hour"), "paper").at("/share").toString()).isEqualTo("0.007813");
    tables.finalHour("CA", AT_13, charted("copper", 1));
    assertThat(entry(chart("CA/hour"), "copper").at("/share").decimalValue())
        .isEqualByComparingTo("1");
  }

  @Test
  void chartWithoutPlays_isEmptyNotAnError() {
    tables.finalHour("CA", AT_13);
    var chart = chart("CA/hour");
    assertThat(chart.at("/totals/plays").asInt()).isZero();
    assertThat(chart.at("/entries").isEmpty()).isTrue();
    assertThat(chart.at("/number_one_history").isEmpty()).isTrue();
    assertThat(chart.at("/left")).hasSize(4);
  }

  @Test
  void tenEntriesWithoutLimit_andUpToAHundredWithIt() {
    tables.finalHour("CA", AT_13, songs(1, 100));
    assertThat(chart("CA/hour").at("/entries")).hasSize(10);
    assertThat(chart("CA/hour?limit=100").at("/entries")).hasSize(100);
    assertThat(chart("CA/hour?limit=1").at("/entries")).hasSize(1);
  }

  @Test
  void withoutAt_theNewestSettledChart() {
    assertThat(chart("CA/hour").at("/period_start").asString()).isEqualTo(AT_13);
    tables.chart(HOUR, "CA", AT_14, "held", charted("paper", 10));
    assertThat(chart("CA/hour").at("/period_start").asString()).isEqualTo(AT_14);
  }

  @Test
  void withoutAtAndNothingSettled_theNewestProvisionalChart() {
    tables.chart(HOUR, "SE", AT_12, "provisional", charted("paper", 10));
    tables.chart(HOUR, "SE", AT_13, "provisional", charted("paper", 10));
    assertThat(chart("SE/hour").at("/period_start").asString()).isEqualTo(AT_13);
  }

  @Test
  void atIsAnyInstantOfThePeriod_inAnyOffset() {
    Stream.of(
            "2026-11-22T13:00:00Z",
            "2026-11-22T13:59:59.999999999Z",
            "2026-11-22T13:00Z",
            "2026-11-22t13:00:00z",
            "2026-11-22T15:30:00%2B02:00",
            "2026-11-22T15:30:00+02:00",
            "2026-11-22T08:00:00-05:00")
        .forEach(
            at ->
                assertThat(chart("CA/hour?at=" + at).at("/period_start").asString())
                    .as(at)
                    .isEqualTo(AT_13));
  }

  @Test
  void neighboursAreTheNearestPeriodsWithAChart() {
    tables.finalHour("CA", "2026-11-22T20:00:00Z", charted("paper", 1));
    var chart = chart("CA/hour?at=" + AT_14);
    assertThat(chart.at("/previous_period").asString()).isEqualTo(AT_13);
    assertThat(chart.at("/next_period").asString()).isEqualTo("2026-11-22T20:00:00Z");
    assertThat(chart("CA/hour?at=" + AT_10).at("/previous_period").isNull()).isTrue();
  }

  @Test
  void csvHasTheFieldsOfAnEntryAsColumns() {
    tables.song("quoted", "Say \"Hey\", =1+1", "A\nB");
    tables.finalHour("CA", AT_13, charted("copper", 3), charted("quoted", 1), charted("salt", 1));
    var answer = api.get("/v1/charts/CA/hour", "Accept", "text/csv");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(answer.body())
        .isEqualTo(
            """
            region,granularity,period_start,position,rank,tied,song_id,title,artist,album,genre,duration_ms,release_date,\
            plays,listeners,share,previous_rank,previous_plays,movement,peak_rank,periods_on_chart,streak
            CA,hour,2026-11-22T13:00:00Z,1,1,false,copper,Copper Weather,Ines Varga,,,201000,2024-03-01,\
            3,2,0.600000,2,80,up,1,3,2
            CA,hour,2026-11-22T13:00:00Z,2,2,true,quoted,"Say ""Hey"", =1+1","A\nB",,,201000,2024-03-01,\
            1,0,0.200000,,,new,2,1,1
            CA,hour,2026-11-22T13:00:00Z,3,2,true,salt,,,,,,,1,0,0.200000,3,60,up,2,2,2
            """
                .replace("\n", "\r\n")
                .replace("A\r\nB", "A\nB"));
  }

  @Test
  void sameChartAgain_is304_untilItChanges() {
    var first = api.get("/v1/charts/CA/hour?at=" + AT_13);
    var etag = first.headers().firstValue("ETag").orElseThrow();
    var again = api.get("/v1/charts/CA/hour?at=" + AT_13, "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    tables.finalHour("CA", AT_12, charted("copper", 300));
    assertThat(api.get("/v1/charts/CA/hour?at=" + AT_13, "If-None-Match", etag).statusCode())
        .isEqualTo(200);
  }

  @Test
  void settledChartsAreCachedForAMinute_movingOnesForSeconds() {
    assertThat(cacheControl("CA/hour?at=" + AT_13)).isEqualTo("max-age=60, public");
    assertThat(cacheControl("CA/hour?at=" + AT_14)).isEqualTo("max-age=5, public");
    assertThat(cacheControl("CA/hour")).isEqualTo("max-age=5, public");
  }

  @Test
  void answersVaryByAccept_andAreCompressedOnRequest() {
    tables.finalHour("CA", AT_13, songs(1, 100));
    var answer = api.get("/v1/charts/CA/hour?limit=100", "Accept-Encoding", "gzip");
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(answer.headers().firstValue("Vary").orElseThrow())
        .containsIgnoringCase("accept,")
        .containsIgnoringCase("accept-encoding");
  }

  /** Each of the two charts adds up by itself; a mixture of both would not. */
  @Test
  void chartBeingReplaced_isNeverSeenHalf() {
    var few = new Charted[] {charted("copper", 7)};
    var many = songs(1, 20);
    var stop = new AtomicBoolean();
    var replacing =
        CompletableFuture.runAsync(
            () -> {
              while (!stop.get()) {
                tables.finalHour("CA", AT_13, few);
                tables.finalHour("CA", AT_13, many);
              }
            });
    for (int i = 0; i < 150; i++) {
      var chart = chart("CA/hour?limit=100&at=" + AT_13);
      assertThat(chart.at("/entries")).hasSize(chart.at("/totals/songs").asInt());
      assertThat(chart.at("/balance/counted")).isEqualTo(chart.at("/totals/plays"));
    }
    stop.set(true);
    replacing.join();
  }

  private static JsonNode chart(String path) {
    return api.getJson("/v1/charts/" + path);
  }

  private static JsonNode entry(JsonNode chart, String songId) {
    return chart
        .at("/entries")
        .valueStream()
        .filter(entry -> entry.at("/song/song_id").asString().equals(songId))
        .findFirst()
        .orElseThrow();
  }

  private static String cacheControl(String path) {
    return api.get("/v1/charts/" + path).headers().firstValue("Cache-Control").orElseThrow();
  }

  private static Charted[] songs(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(n -> charted("song-" + n, 1000 - n))
        .toArray(Charted[]::new);
  }
}
