package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.DAY;
import static topsongs.contract.Granularity.HOUR;
import static topsongs.serving.ChartTables.charted;

import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import topsongs.serving.ChartTables.Charted;

class WorldTest {
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
  void afternoonInThreeRegions() {
    tables.clear();
    tables.song("copper", "Copper Weather", "Ines Varga");
    tables.song("paper", "Paper Lanterns", "Lumen");
    tables.song("velvet", "Velvet Halo", "The Tall Ships");
    tables.finalHour("BR", AT_11, charted("velvet", 30), charted("copper", 20));
    for (var region : new String[] {"GLOBAL", "CA"}) {
      tables.finalHour(
          region, AT_12, charted("paper", 90), charted("velvet", 80), charted("copper", 60));
      tables.finalHour(
          region, AT_13, charted("copper", 120), charted("paper", 110), charted("neon", 70));
    }
    tables.finalHour("BR", AT_12, charted("copper", 50));
    tables.finalHour("BR", AT_13, charted("copper", 40), charted("velvet", 40));
    tables.finalHour("SE", AT_13);
    tables.chart(HOUR, "GLOBAL", AT_14, "provisional", charted("paper", 10));
  }

  @Test
  void everyDocumentedField_isAnswered() {
    assertThat(api.getJson("/v1/world/hour")).isEqualTo(RunningApi.example("world"));
    assertThat(api.getJson("/v1/world/hour?at=2026-11-22T13:59:59Z"))
        .isEqualTo(RunningApi.example("world"));
  }

  @Test
  void periodIsGlobals_alsoWhereARegionIsAhead() {
    tables.finalHour("CA", AT_14, charted("paper", 10));
    assertThat(api.getJson("/v1/world/hour").at("/period_start").asString()).isEqualTo(AT_13);
  }

  @Test
  void withoutASettledPeriod_itIsTheNewestProvisionalOne() {
    tables.chart(DAY, "GLOBAL", "2026-11-22T00:00:00Z", "provisional", charted("paper", 10));
    var answer = api.get("/v1/world/day");
    assertThat(RunningApi.json(answer.body()).at("/status").asString()).isEqualTo("provisional");
    assertThat(RunningApi.json(answer.body()).at("/regions").isEmpty()).isTrue();
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("max-age=5, public");
  }

  @Test
  void settledPeriodThatIsAskedFor_mayBeKeptForAMinute_andIsNotSentAgain() {
    var answer = api.get("/v1/world/hour?at=" + AT_13);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("max-age=60, public");
    var etag = answer.headers().firstValue("ETag").orElseThrow();
    assertThat(api.get("/v1/world/hour?at=" + AT_13, "If-None-Match", etag).statusCode())
        .isEqualTo(304);
  }

  @Test
  void periodThatAnyRegionHasNotSettled_isMoving() {
    tables.chart(HOUR, "BR", AT_13, "provisional", charted("copper", 40));
    var answer = api.get("/v1/world/hour?at=" + AT_13);
    assertThat(RunningApi.json(answer.body()).at("/status").asString()).isEqualTo("final");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("max-age=5, public");
  }

  @Test
  void chartThatDoesNotAddUp_isHeld() {
    tables.execute("UPDATE balance SET received = received + 1 WHERE region = 'CA'");
    var world = api.getJson("/v1/world/hour?at=" + AT_13);
    assertThat(world.at("/status").asString()).isEqualTo("final");
    assertThat(world.at("/regions/1/region").asString()).isEqualTo("CA");
    assertThat(world.at("/regions/1/status").asString()).isEqualTo("held");
  }

  @Test
  void climbersAndNewEntries_standAmongTheFirstTen_andAreAtMostTen() {
    var reversed =
        songs("old", 30)
            .sorted(Comparator.comparing(id -> -Integer.parseInt(id.substring(4))))
            .toList();
    for (var region : new String[] {"AT", "CA"}) {
      tables.finalHour(region, AT_12, ranked(songs("old", 30)));
      tables.finalHour(region, AT_13, ranked(Stream.concat(songs("fresh", 4), reversed.stream())));
    }
    tables.finalHour("DE", AT_12);
    tables.finalHour("DE", AT_13, ranked(songs("fresh", 4)));
    var world = api.getJson("/v1/world/hour?at=" + AT_13);
    assertThat(world.at("/climbers"))
        .extracting(WorldTest::ranked)
        .containsExactly(
            "AT old-30 5",
            "CA old-30 5",
            "AT old-29 6",
            "CA old-29 6",
            "AT old-28 7",
            "CA old-28 7",
            "AT old-27 8",
            "CA old-27 8",
            "AT old-26 9",
            "CA old-26 9");
    assertThat(world.at("/new_entries"))
        .extracting(WorldTest::ranked)
        .containsExactly(
            "AT fresh-1 1",
            "CA fresh-1 1",
            "DE fresh-1 1",
            "AT fresh-2 2",
            "CA fresh-2 2",
            "DE fresh-2 2",
            "AT fresh-3 3",
            "CA fresh-3 3",
            "DE fresh-3 3",
            "AT fresh-4 4");
  }

  private static String ranked(JsonNode of) {
    return "%s %s %d"
        .formatted(
            of.at("/region").asString(), of.at("/song/song_id").asString(), of.at("/rank").asInt());
  }

  /** Those named, each with ten plays fewer than the one before. */
  private static Charted[] ranked(Stream<String> songIds) {
    var ids = songIds.toList();
    return IntStream.range(0, ids.size())
        .mapToObj(i -> charted(ids.get(i), 1_000 - 10 * i))
        .toArray(Charted[]::new);
  }

  private static Stream<String> songs(String name, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> name + "-" + n);
  }

  @Test
  void periodThatGlobalHasNoChartOf_is404_withTheNearestThatHasOne() {
    var answer = api.get("/v1/world/hour?at=2026-11-22T20:00:00Z");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(RunningApi.json(answer.body()).at("/nearest_period").asString()).isEqualTo(AT_14);
    assertThat(api.get("/v1/world/hour?at=" + AT_11).statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/world/day").statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/world/week").statusCode()).isEqualTo(400);
  }
}
