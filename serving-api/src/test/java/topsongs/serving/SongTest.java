package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.DAY;
import static topsongs.contract.Granularity.HOUR;
import static topsongs.serving.ChartTables.charted;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SongTest {
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
  void copperInThreeRegions() {
    tables.clear();
    tables.song("copper", "Copper Weather", "Ines Varga");
    tables.finalHour("CA", AT_11, charted("copper", 9), charted("salt", 8));
    tables.finalHour("CA", AT_12, charted("salt", 70), charted("copper", 60));
    tables.finalHour("GLOBAL", AT_13, charted("salt", 190), charted("copper", 100));
    tables.finalHour("CA", AT_13, charted("copper", 60), charted("salt", 40));
    tables.finalHour("BR", AT_13, charted("salt", 50), charted("copper", 30));
    tables.finalHour("DE", AT_13, charted("salt", 100));
    tables.chart(HOUR, "GLOBAL", AT_14, "provisional", charted("copper", 7));
    tables.chart(HOUR, "BR", AT_14, "provisional", charted("copper", 7));
  }

  @Test
  void everyDocumentedField_isAnswered() {
    assertThat(api.getJson("/v1/songs/copper")).isEqualTo(RunningApi.example("song"));
    assertThat(api.getJson("/v1/songs/copper?granularity=hour&at=" + AT_13))
        .isEqualTo(RunningApi.example("song"));
  }

  @Test
  void chartedSongOutsideTheCatalogue_hasNoFacts() {
    var song = api.getJson("/v1/songs/salt?at=" + AT_14);
    assertThat(song.at("/song/title").isNull()).isTrue();
    assertThat(song.at("/period_start").asString()).isEqualTo(AT_14);
    assertThat(song.at("/charts").isEmpty()).isTrue();
  }

  @Test
  void songChartedLongAgoInOneRegionsDaysOnly_isKnown() {
    tables.chart(DAY, "SE", "2026-01-01T00:00:00Z", "final", charted("winter", 1));
    assertThat(api.getJson("/v1/songs/winter").at("/song/song_id").asString()).isEqualTo("winter");
  }

  @Test
  void songOfTheCatalogueBeforeAnyChart_standsNowhere() {
    var song = api.getJson("/v1/songs/copper?granularity=day");
    assertThat(song.at("/song/title").asString()).isEqualTo("Copper Weather");
    assertThat(song.at("/period_start").isNull()).isTrue();
    assertThat(song.at("/charts").isEmpty()).isTrue();
  }

  @Test
  void chartThatDoesNotAddUp_isHeld() {
    tables.execute("UPDATE balance SET received = received + 1 WHERE region = 'CA'");
    var song = api.getJson("/v1/songs/copper");
    assertThat(song.at("/charts/0/region").asString()).isEqualTo("CA");
    assertThat(song.at("/charts/0/status").asString()).isEqualTo("held");
  }

  @Test
  void settledPeriodThatIsAskedFor_mayBeKeptForAMinute() {
    assertThat(cacheControl("/v1/songs/copper?at=" + AT_13)).isEqualTo("max-age=60, public");
    assertThat(cacheControl("/v1/songs/copper?at=" + AT_14)).isEqualTo("max-age=5, public");
    assertThat(cacheControl("/v1/songs/copper")).isEqualTo("max-age=5, public");
  }

  @Test
  void periodThatHasTheSongOnNoChart_mayBeOneThatStillGoesOn() {
    assertThat(cacheControl("/v1/songs/salt?at=" + AT_14)).isEqualTo("max-age=5, public");
  }

  private static String cacheControl(String path) {
    return api.get(path).headers().firstValue("Cache-Control").orElseThrow();
  }

  @Test
  void songNobodyKnows_is404() {
    var answer = api.get("/v1/songs/nobody");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no song nobody", "nor in any chart");
  }
}
