package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.DAY;
import static topsongs.contract.Granularity.HOUR;
import static topsongs.serving.ChartTables.charted;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final String AT_10 = "2026-11-22T10:00:00Z";
  private static final String AT_11 = "2026-11-22T11:00:00Z";
  private static final String AT_12 = "2026-11-22T12:00:00Z";

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
  void morningInCanada() {
    tables.clear();
    tables.song("copper", "Copper Weather", "Ines Varga");
    tables.finalHour("CA", AT_10, charted("copper", 50), charted("salt", 40));
    tables.chart(HOUR, "CA", AT_11, "held", charted("salt", 30));
    tables.chart(HOUR, "CA", AT_12, "provisional", charted("salt", 20), charted("copper", 10));
  }

  @Test
  void regionsWithCharts_globalFirst_thenByName() {
    tables.chart(DAY, "AX", "2026-11-21T00:00:00Z", "final", charted("salt", 1));
    tables.finalHour("BR", AT_10, charted("salt", 1));
    tables.finalHour("GLOBAL", AT_11, charted("salt", 1));
    assertThat(api.getJson("/v1/regions")).isEqualTo(RunningApi.example("regions"));
  }

  @Test
  void periodsAreListedNewestFirst() {
    assertThat(api.getJson("/v1/charts/CA/hour/periods")).isEqualTo(RunningApi.example("periods"));
  }

  @Test
  void rangesAreHalfOpen() {
    var periods = api.getJson("/v1/charts/CA/hour/periods?from=" + AT_10 + "&to=" + AT_11);
    assertThat(periods.at("/periods")).hasSize(1);
    assertThat(periods.at("/periods/0/period_start").asString()).isEqualTo(AT_10);
    assertThat(api.getJson("/v1/charts/CA/hour/periods?from=" + AT_11).at("/periods")).hasSize(2);
  }

  @Test
  void regionWithoutCharts_hasNoPeriods() {
    assertThat(api.getJson("/v1/charts/SE/hour/periods").at("/periods").isEmpty()).isTrue();
  }

  @Test
  void historyOfASong_skipsThePeriodsThatDidNotChartIt() {
    assertThat(api.getJson("/v1/songs/copper/history?region=CA&granularity=hour"))
        .isEqualTo(RunningApi.example("history"));
  }

  @Test
  void chartedSongOutsideTheCatalogue_hasAHistoryWithoutTitle() {
    var history = api.getJson("/v1/songs/salt/history?region=CA&from=" + AT_11);
    assertThat(history.at("/song/title").isNull()).isTrue();
    assertThat(history.at("/points")).hasSize(2);
  }

  @Test
  void songOfTheCatalogueThatNeverCharted_hasAnEmptyHistory() {
    var history = api.getJson("/v1/songs/copper/history");
    assertThat(history.at("/region").asString()).isEqualTo("GLOBAL");
    assertThat(history.at("/points").isEmpty()).isTrue();
  }

  @Test
  void songNobodyKnows_is404() {
    var answer = api.get("/v1/songs/nobody/history?region=CA");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no song nobody");
  }

  @Test
  void songIdsMayHoldWhatUrlsEscape() {
    for (var id : new String[] {"a/b", "a\\b", "a b;c", "\"ø\"", "..", "%", "歌", "a|b"}) {
      tables.song(id, "Odd", "Odd");
      var path = URLEncoder.encode(id, StandardCharsets.UTF_8);
      var history = api.getJson("/v1/songs/" + path.replace("+", "%20") + "/history");
      assertThat(history.at("/song/song_id").asString()).isEqualTo(id);
    }
  }

  @Test
  void historyAsCsv() {
    assertThat(api.get("/v1/songs/copper/history?region=CA", "Accept", "text/csv").body())
        .isEqualToNormalizingNewlines(
            """
            song_id,region,granularity,period_start,rank,plays
            copper,CA,hour,2026-11-22T10:00:00Z,1,50
            copper,CA,hour,2026-11-22T12:00:00Z,2,10
            """);
  }

  @Test
  void balanceSaysWhatBecameOfEveryPlay() {
    tables.finalHour("GLOBAL", AT_10, charted("copper", 50));
    assertThat(api.getJson("/v1/balance")).isEqualTo(RunningApi.example("balance"));
    assertThat(api.getJson("/v1/balance?region=CA&to=" + AT_12).at("/rows")).hasSize(2);
    assertThat(api.getJson("/v1/balance?region=CA&granularity=day").at("/rows").isEmpty()).isTrue();
  }

  @Test
  void balanceAsCsv_hasItsHeaderEvenWithoutRows() {
    assertThat(api.get("/v1/balance?region=CA&to=" + AT_11, "Accept", "text/csv").body())
        .isEqualToNormalizingNewlines(
            """
            period_start,region,granularity,status,received,counted,duplicate,too_short,over_cap,excluded,rejected,unknown_song
            2026-11-22T10:00:00Z,CA,hour,final,105,90,7,5,3,0,,2
            """);
    assertThat(api.get("/v1/balance?region=SE", "Accept", "text/csv").body().lines()).hasSize(1);
  }
}
