package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.HOUR;
import static topsongs.serving.ChartTables.charted;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import topsongs.serving.ChartTables.Charted;

class RaceTest {
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
  void afternoonInCanadaWithoutAnHour() {
    tables.clear();
    tables.song("copper", "Copper Weather", "Ines Varga");
    tables.song("paper", "Paper Lanterns", "Lumen");
    tables.finalHour("CA", AT_10, charted("velvet", 10));
    tables.finalHour("CA", AT_11, charted("paper", 90), charted("salt", 80), charted("copper", 7));
    tables.finalHour("CA", AT_13, charted("copper", 120), charted("paper", 100));
    tables.chart(HOUR, "CA", AT_14, "provisional", charted("paper", 10));
  }

  @Test
  void everyDocumentedField_isAnswered() {
    assertThat(race("?periods=3")).isEqualTo(RunningApi.example("race"));
    assertThat(race("?periods=3&at=2026-11-22T13:30:00Z")).isEqualTo(RunningApi.example("race"));
  }

  @Test
  void unlessSaidOtherwise_itIsOverTheLast24() {
    var race = race("");
    assertThat(race.at("/periods")).hasSize(24);
    assertThat(race.at("/periods/0/period_start").asString()).isEqualTo("2026-11-21T14:00:00Z");
    assertThat(race.at("/songs")).hasSize(4);
    assertThat(race.at("/songs/3/ranks")).hasSize(24);
    assertThat(race.at("/songs/3/plays")).hasSize(24);
  }

  @Test
  void onlyTheFirstTenPositionsRace_butTheirWholeCourseIsShown() {
    tables.finalHour("CA", AT_12, songs(12));
    tables.finalHour("CA", AT_13, charted("song-11", 3), charted("song-12", 2));
    var race = race("?periods=2");
    assertThat(race.at("/songs"))
        .extracting(song -> song.at("/song/song_id").asString())
        .startsWith("song-11", "song-12", "song-01", "song-02")
        .hasSize(12);
    assertThat(race.at("/songs/0/ranks").toString()).isEqualTo("[11,1]");
    assertThat(race.at("/songs/2/ranks").toString()).isEqualTo("[1,null]");
    tables.finalHour("CA", AT_13, charted("song-11", 3));
    assertThat(race("?periods=2").at("/songs")).hasSize(11);
  }

  @Test
  void songThatWasChartedBeforeTheRace_isKnownToBeBack() {
    tables.finalHour("CA", AT_12, charted("velvet", 10), charted("copper", 9));
    var race = race("?periods=2&at=" + AT_12);
    assertThat(race.at("/songs/0/song/song_id").asString()).isEqualTo("velvet");
    assertThat(race.at("/songs/0/first_charted").asString()).isEqualTo(AT_10);
    assertThat(race.at("/songs/1/first_charted").asString()).isEqualTo(AT_11);
  }

  private static Charted[] songs(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> charted("song-%02d".formatted(n), 100 - n))
        .toArray(Charted[]::new);
  }

  @Test
  void raceWithAnOpenPeriod_isSoonAskedAgain() {
    assertThat(cacheControl("?at=" + AT_14)).isEqualTo("max-age=5, public");
    assertThat(cacheControl("?at=" + AT_13)).isEqualTo("max-age=60, public");
  }

  private static String cacheControl(String query) {
    return api.get("/v1/charts/CA/hour/race" + query)
        .headers()
        .firstValue("Cache-Control")
        .orElseThrow();
  }

  @Test
  void raceThatEndsInAPeriodWithoutAChart_is404() {
    var answer = api.get("/v1/charts/CA/hour/race?at=" + AT_12);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(RunningApi.json(answer.body()).at("/nearest_period").asString()).isEqualTo(AT_11);
    assertThat(api.get("/v1/charts/SE/hour/race").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "101", "-2", "2.0", "ten"})
  void numberOfPeriodsThatIsNone_is400(String periods) {
    var answer = api.get("/v1/charts/CA/hour/race?periods=" + periods);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("must be a whole number from 2 to 100");
  }

  private static JsonNode race(String query) {
    return api.getJson("/v1/charts/CA/hour/race" + query);
  }
}
