package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.contract.Granularity.DAY;
import static topsongs.serving.ChartTables.charted;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.io.ClassPathResource;

/** A change is committed in PostgreSQL, and whoever has a page open hears of it. */
@Timeout(120)
class LiveTest {
  private static final String CANADA = "/v1/live?region=CA&granularity=hour";
  private static final String AT_13 = "2026-11-22T13:00:00Z";
  private static final String AT_14 = "2026-11-22T14:00:00Z";

  private RunningApi api;
  private ChartTables tables;

  @BeforeEach
  void start() {
    api = RunningApi.withTables("--top-songs.live.listeners=3", "--top-songs.live.heartbeat=500ms");
    tables = api.tables();
    await().until(this::isHeard);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private boolean isHeard() {
    try (var listening = listen(CANADA)) {
      return listening.status() == 200;
    }
  }

  private Listening listen(String path, String... headers) {
    return Listening.to(api.port(), path, headers);
  }

  /** Longer than the longest pause before the database is tried again. */
  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }

  private static void awaitHeard(Listening listening, String text) {
    await().untilAsserted(() -> assertThat(listening.heard()).contains(text));
  }

  @Test
  void chartThatChanges_isHeardAsTheExampleSays() throws IOException {
    try (var listening = listen(CANADA)) {
      tables.finalHour("CA", AT_13, charted("copper", 5));
      awaitHeard(listening, "\"revision\":1}\n\n");
      assertThat(listening.heard().replaceAll("id: [0-9a-f]{8}-", "id: 3f0c9b7e-"))
          .isEqualTo(example());
      assertThat(listening.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
      assertThat(listening.header("Cache-Control")).isEqualTo("no-store");
    }
  }

  private static String example() throws IOException {
    return new ClassPathResource("examples/live.txt").getContentAsString(StandardCharsets.UTF_8);
  }

  @Test
  void newRevisionAndRemovedChart_areHeardToo() {
    tables.finalHour("CA", AT_13, charted("copper", 5));
    try (var listening = listen(CANADA)) {
      tables.revise("CA", AT_13, "held", charted("copper", 6));
      awaitHeard(listening, "\"status\":\"held\",\"revision\":2}");
      tables.execute("DELETE FROM chart");
      awaitHeard(listening, "\"status\":null,\"revision\":null}");
    }
  }

  @Test
  void onlyWhatWasAskedFor_isHeard() {
    try (var canada = listen(CANADA);
        var all = listen("/v1/live")) {
      tables.finalHour("BR", AT_13, charted("copper", 5));
      tables.chart(DAY, "CA", "2026-11-22T00:00:00Z", "provisional", charted("copper", 5));
      tables.finalHour("CA", AT_14, charted("copper", 5));
      awaitHeard(canada, AT_14);
      assertThat(canada.heard()).doesNotContain("BR", "\"day\"");
      awaitHeard(all, AT_14);
      assertThat(all.heard()).contains("BR", "\"day\"");
    }
  }

  @Test
  void allRegionsInOneStatement_areToldInPortions_andNoRegionFailsTheLoad() {
    try (var listening = listen("/v1/live")) {
      tables.execute(
          """
          INSERT INTO chart SELECT 'hour', region, '2026-11-22T13:00:00Z', 'provisional', 2147483647,
            now(), '1', 0, 0, 0, 'hash'
          FROM (SELECT 'R' || n AS region FROM generate_series(1, 230) AS n
            UNION ALL SELECT repeat('歌', 100)) AS regions
          """);
      awaitHeard(listening, "\"R230\"");
      await()
          .untilAsserted(
              () -> assertThat(listening.heard().split("event: chart", -1)).hasSize(231));
    }
  }

  @Test
  void statusIsToldAtOnce_thenAtMostEveryFiveSeconds() {
    try (var listening = listen("/v1/live")) {
      tables.stage("stream", Instant.parse(AT_13), Instant.parse(AT_13));
      awaitHeard(listening, "event: status\ndata: {}\n\n");
      var first = Instant.now();
      tables.run("top_songs_hourly", "13:00", AT_14);
      tables.run("top_songs_hourly", "14:00", AT_14);
      await().until(() -> listening.heard().split("event: status", -1).length == 3);
      assertThat(Duration.between(first, Instant.now())).isGreaterThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void renamedSongs_areAskedForAgain() {
    try (var listening = listen(CANADA)) {
      tables.execute("INSERT INTO catalogue VALUES ('catalogue/songs.jsonl', 'etag')");
      awaitHeard(listening, "event: resync\ndata: {}\n\n");
    }
  }

  @Test
  void connectionThatIsKilled_isMadeAnew_andListenersAskAgain() {
    try (var listening = listen(CANADA)) {
      api.database().endConnectionsOf("serving-api live");
      awaitHeard(listening, "event: resync\ndata: {}\n\n");
      tables.finalHour("CA", AT_13, charted("copper", 5));
      awaitHeard(listening, AT_13);
      assertThat(listening.ended()).isFalse();
    }
  }

  @Test
  void whileTheDatabaseIsAway_listenersStay_andOthersAskLater() {
    try (var listening = listen(CANADA)) {
      api.database().shut();
      await().untilAsserted(() -> assertRefused("the database does not tell them"));
      api.database().open();
      awaitHeard(listening, "event: resync");
      assertThat(isHeard()).isTrue();
    }
  }

  @Test
  void listenersOverTheLimit_areRefused_untilOneHasGone() {
    try (var first = listenWhenThereIsRoom(CANADA);
        var second = listenWhenThereIsRoom(CANADA);
        var third = listenWhenThereIsRoom(CANADA)) {
      assertRefused("3 listen already");
      first.close();
      await().until(this::isHeard);
      assertThat(second.ended() || third.ended()).isFalse();
    }
  }

  /** A tenth of three would be none. */
  @Test
  void listenersOfOneNetwork_haveATenthOfThePlaces() {
    try (var first = listen(CANADA, "X-Forwarded-For", "2001:db8:1:2::1");
        var second = listen(CANADA, "X-Forwarded-For", "2001:db8:1:2::2");
        var other = listen(CANADA, "X-Forwarded-For", "2001:db8:1:3::1")) {
      assertThat(first.status()).isEqualTo(200);
      assertThat(second.status()).isEqualTo(503);
      awaitHeard(second, "Cannot tell changes: 1 listen already from one address");
      assertThat(other.status()).isEqualTo(200);
    }
  }

  /** One that has gone counts until it is missed. */
  private Listening listenWhenThereIsRoom(String path, String... headers) {
    return await().until(() -> listen(path, headers), listening -> listening.status() == 200);
  }

  private void assertRefused(String reason) {
    try (var listening = listen(CANADA)) {
      assertThat(listening.status()).isEqualTo(503);
      assertThat(listening.header("Retry-After")).isEqualTo("5");
      assertThat(listening.header("Content-Type")).isEqualTo("application/problem+json");
      awaitHeard(listening, "Cannot tell changes: " + reason);
    }
  }

  @Test
  void whoComesBack_hearsWhatWasMissed() {
    String lastEventId;
    try (var listening = listen(CANADA)) {
      tables.finalHour("CA", AT_13, charted("copper", 5));
      awaitHeard(listening, AT_13);
      lastEventId = lastId(listening);
    }
    tables.finalHour("BR", AT_14, charted("copper", 5));
    tables.finalHour("CA", AT_14, charted("copper", 5));
    await().until(() -> heardAtOnce(lastEventId).contains(AT_14));
    assertThat(heardAtOnce(lastEventId))
        .contains("event: status")
        .doesNotContain(AT_13, "BR", "resync");
  }

  private static String lastId(Listening listening) {
    return listening.heard().replaceAll("(?s).*id: (\\S+).*", "$1");
  }

  @Test
  void whoComesBackFromElsewhere_asksAgain() {
    for (var id : new String[] {"00000000-0", "1", "nonsense", "00000000-99999999999999999999"}) {
      assertThat(heardAtOnce(id)).contains("event: resync");
    }
  }

  @Test
  void whoWasAwayWhenAllWereToldToAskAgain_asksAgain() {
    String lastEventId;
    try (var listening = listen(CANADA)) {
      tables.finalHour("CA", AT_13, charted("copper", 5));
      awaitHeard(listening, AT_13);
      lastEventId = lastId(listening);
    }
    tables.execute("INSERT INTO catalogue VALUES ('catalogue/songs.jsonl', 'etag')");
    await().until(() -> heardAtOnce(lastEventId).contains("resync"));
  }

  @Test
  void whoMissedMoreThanMayWait_asksAgain_andStillHearsWhenToComeBack() {
    String lastEventId;
    try (var listening = listen("/v1/live")) {
      tables.finalHour("CA", AT_13, charted("copper", 5));
      awaitHeard(listening, AT_13);
      lastEventId = lastId(listening);
      insertCharts(300);
      awaitHeard(listening, "\"R300\"");
    }
    tables.finalHour("CA", AT_14, charted("copper", 5));
    await().until(() -> heardAtOnce(lastEventId).contains(AT_14));
    assertThat(heardAtOnce("/v1/live", lastEventId))
        .contains("retry: 5000", "event: resync")
        .doesNotContain("event: chart");
  }

  /** As many as an hour may have, and more than wait for one listener. */
  private void insertCharts(int regions) {
    tables.execute(
        """
        INSERT INTO chart SELECT 'hour', 'R' || n, '2026-11-22T13:00:00Z', 'provisional', 1,
          now(), '1', 0, 0, 0, 'hash'
        FROM generate_series(1, %d) AS n
        """
            .formatted(regions));
  }

  private String heardAtOnce(String lastEventId) {
    return heardAtOnce(CANADA, lastEventId);
  }

  /** Up to the first word that is no chart. */
  private String heardAtOnce(String path, String lastEventId) {
    try (var listening = listenWhenThereIsRoom(path, "Last-Event-ID", lastEventId)) {
      await().until(() -> listening.heard().matches("(?s).*event: (status|resync).*\n\n"));
      return listening.heard();
    }
  }

  @Test
  void whoDoesNotRead_isDropped_andHoldsUpNobody() throws IOException {
    try (var sleepy = new Socket();
        var awake = listen(CANADA)) {
      sleepy.setReceiveBufferSize(4096);
      sleepy.connect(new InetSocketAddress("127.0.0.1", api.port()));
      sleepy
          .getOutputStream()
          .write(
              "GET /v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(sleepy.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      notifyOften();
      tables.finalHour("CA", AT_14, charted("copper", 5));
      awaitHeard(awake, AT_14);
      await().until(() -> listeners() == 1);
      assertThat(awake.ended()).isFalse();
    }
  }

  /** 8 MB of events, more than buffers take. */
  private void notifyOften() {
    tables.execute(
        """
        DO $$ BEGIN
          FOR n IN 1..60000 LOOP
            PERFORM pg_notify('chart_changed', json_build_object('granularity', 'day',
              'period_start', '2026-11-22T00:00:00Z', 'charts',
              json_build_array(json_build_object('region', 'BR', 'status', 'final', 'revision', n)))::text);
          END LOOP;
        END $$
        """);
  }

  private int listeners() {
    return api.get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("topsongs_live_listeners"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  void whatCannotBeRead_makesAllAskAgain() {
    try (var listening = listen(CANADA)) {
      var unreadable = new String[] {"nonsense", "null", "{}", "{\"charts\": [null]}"};
      for (int i = 0; i < unreadable.length; i++) {
        var told = i + 2;
        tables.execute("NOTIFY chart_changed, '%s'".formatted(unreadable[i]));
        await().until(() -> listening.heard().split("event: resync", -1).length == told);
      }
      tables.finalHour("CA", AT_13, charted("copper", 5));
      awaitHeard(listening, AT_13);
    }
  }

  @Test
  void heartbeatsComeWhereThereIsNothingToTell() {
    try (var listening = listen(CANADA)) {
      await().until(() -> listening.heartbeats() >= 2);
      assertThat(listening.heard()).doesNotContain("event:");
    }
  }

  @Test
  void regionThatIsNone_is404_andAnswerInAnotherForm_is406() {
    assertThat(api.get("/v1/live?region=XQ").statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/live?granularity=week").statusCode()).isEqualTo(400);
    assertThat(api.get("/v1/live", "Accept", "application/json").statusCode()).isEqualTo(406);
  }

  @Test
  void headIsAnsweredWithoutListening() {
    assertThat(api.head(CANADA).statusCode()).isEqualTo(200);
    assertThat(api.head(CANADA).headers().firstValue("Content-Type"))
        .hasValue("text/event-stream;charset=UTF-8");
  }

  @Test
  void stoppingTheService_doesNotWaitForWhoListens() {
    try (var listening = listen(CANADA)) {
      var asked = Instant.now();
      api.stop();
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(6));
      await().until(listening::ended);
    }
  }

  @Test
  void databaseWithoutTables_isHeardOnceItHasThem() {
    try (var early = RunningApi.withoutTables()) {
      assertThat(early.get("/v1/live").statusCode()).isEqualTo(503);
      DemoDatabase.migrate(early.database().source());
      await()
          .until(
              () -> {
                try (var listening = Listening.to(early.port(), "/v1/live")) {
                  return listening.status() == 200;
                }
              });
    }
  }
}
