package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.HOUR;
import static topsongs.serving.ChartTables.charted;

import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final String AT_12 = "2026-11-22T12:00:00Z";
  private static final String AT_13 = "2026-11-22T13:00:00Z";
  private static final String AT_14 = "2026-11-22T14:00:00Z";

  private static RunningApi api;
  private static ChartTables tables;

  @BeforeAll
  static void start() {
    api = RunningApi.withTables("--top-songs.dashboard-url=https://charts.example.org/");
    tables = api.tables();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void clear() {
    tables.clear();
    tables.song("copper", "Copper Weather", "Ines Varga");
  }

  @Test
  void settledChartsAndTheirRevisions_newestFirst() {
    tables.finalHour("CA", AT_12, charted("salt", 30), charted("copper", 20));
    tables.chart(HOUR, "CA", AT_13, "provisional", charted("copper", 3));
    tables.revise("CA", AT_13, "final", charted("copper", 5), charted("salt", 3));
    tables.revise("CA", AT_13, "final", charted("salt", 6), charted("copper", 5));
    tables.chart(HOUR, "CA", AT_14, "provisional", charted("copper", 3));
    tables.finalHour("BR", AT_13, charted("salt", 30));
    var answer = api.get("/v1/feed.json?region=CA&granularity=hour");
    assertThat(RunningApi.json(answer.body())).isEqualTo(RunningApi.example("feed"));
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/feed+json");
    assertThat(answer.headers().firstValue("ETag")).isPresent();
  }

  @Test
  void regionWithoutCharts_hasAnEmptyFeed() {
    var feed = api.getJson("/v1/feed.json");
    assertThat(feed.at("/title").asString()).isEqualTo("Top Songs: Global, hour by hour");
    assertThat(feed.at("/items").isEmpty()).isTrue();
  }

  @Test
  void heldChartAndOneWithoutPlays_saySo() {
    tables.chart(HOUR, "GLOBAL", AT_12, "held");
    assertThat(api.getJson("/v1/feed.json").at("/items/0/content_text").asString())
        .isEqualTo("No play counted. Held: its balance does not add up.");
  }

  @Test
  void chartThatDoesNotAddUp_isHeld() {
    tables.finalHour("GLOBAL", AT_13, charted("copper", 5));
    tables.revise("GLOBAL", AT_13, "final", charted("copper", 6));
    tables.execute("UPDATE balance SET received = received + 1");
    var items = api.getJson("/v1/feed.json").at("/items");
    assertThat(items.at("/0/content_text").asString())
        .contains("Held: its balance does not add up.");
    assertThat(items.at("/0/tags/0").asString()).isEqualTo("held");
    assertThat(items.at("/1/tags/0").asString()).isEqualTo("final");
  }

  @Test
  void tieForFirstPlace_isTold() {
    tables.finalHour("GLOBAL", AT_13, charted("copper", 5), charted("salt", 5));
    assertThat(api.getJson("/v1/feed.json").at("/items/0/content_text").asString())
        .isEqualTo("Number one, tied: Copper Weather by Ines Varga.");
  }

  @Test
  void answer_isCompressed() {
    for (int hour = 0; hour < 12; hour++) {
      var start = Instant.parse("2026-11-22T00:00:00Z").plusSeconds(3600L * hour);
      tables.finalHour("GLOBAL", start.toString(), charted("copper", 2));
    }
    var answer = api.get("/v1/feed.json", "Accept-Encoding", "gzip");
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
  }

  @Test
  void onlyTheNewestFifty_areTold() {
    for (int hour = 0; hour < 60; hour++) {
      var start = Instant.parse("2026-11-20T00:00:00Z").plusSeconds(3600L * hour);
      tables.finalHour("GLOBAL", start.toString(), charted("copper", 2));
    }
    var items = api.getJson("/v1/feed.json").at("/items");
    assertThat(items).hasSize(50);
    assertThat(items.at("/0/id").asString()).isEqualTo("GLOBAL/hour/2026-11-22T11:00:00Z/1");
  }

  @Test
  void readerThatAsksForJson_getsItAsJson() {
    assertThat(
            api.get("/v1/feed.json", "Accept", "application/json")
                .headers()
                .firstValue("Content-Type"))
        .hasValue("application/json");
    assertThat(api.get("/v1/feed.json?region=XQ").statusCode()).isEqualTo(404);
  }
}
