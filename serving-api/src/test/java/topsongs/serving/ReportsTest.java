package topsongs.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code /v1/status} hears of ingestion-api and of the stream while both run and stop. */
class ReportsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path lake;

  @Test
  void stagesAreWhatTheyTellOfThemselves_andGoWhenTheyAreSilent() throws IOException {
    var began = Instant.now().minusSeconds(600);
    var asked = new AtomicInteger();
    var ingestion = ingestion(began, asked);
    Files.createDirectories(lake.resolve("progress"));
    var url = "http://127.0.0.1:" + ingestion.getAddress().getPort();
    try (var api =
        RunningApi.withTables(
            "--top-songs.evidence.lake=file://" + lake, "--top-songs.ingestion-url=" + url)) {
      await().atMost(SOON).until(() -> stage(api, "ingestion").path("flow").isObject());
      assertThat(stage(api, "stream").isMissingNode()).isTrue();
      var flow = stage(api, "ingestion").get("flow");
      assertThat(flow.get("plays").valueStream().mapToLong(JsonNode::asLong))
          .contains(42L)
          .hasSize(10);

      Files.writeString(
          lake.resolve("progress/stream.json"),
          """
          {"complete_until": "%s", "updated_at": "%s", "query_id": "5d2c", "batch_id": 7,
           "began_at": "%s", "offsets": {"0": 12}, "waiting": 4, "minutes": {"%s": 17}}"""
              .formatted(Instant.now(), Instant.now(), began, minute(began, 3)));
      await().atMost(SOON).until(() -> !stage(api, "stream").isMissingNode());
      var stream = stage(api, "stream").get("flow");
      assertThat(stream.get("waiting").asInt()).isEqualTo(4);
      assertThat(stream.get("plays").valueStream().mapToLong(JsonNode::asLong)).contains(17L);

      int before = asked.get();
      for (int i = 0; i < 50; i++) {
        assertThat(api.get("/v1/status").statusCode()).isEqualTo(200);
      }
      assertThat(asked.get() - before).isLessThan(50);

      Files.writeString(
          lake.resolve("progress/stream.json"),
          """
          {"complete_until": "%s", "updated_at": "%s", "query_id": "5d2c", "batch_id": 7,
           "began_at": "%s", "offsets": {"0": 12}}"""
              .formatted(Instant.now(), Instant.now(), began));
      await().atMost(SOON).until(() -> stage(api, "stream").get("flow").isNull());

      ingestion.stop(0);
      Files.writeString(lake.resolve("progress/stream.json"), "{oops");
      await().atMost(SOON).until(() -> stage(api, "ingestion").get("flow").isNull());
      await().atMost(SOON).until(() -> stage(api, "stream").isMissingNode());
    } finally {
      ingestion.stop(0);
    }
  }

  @Test
  void whatIsNoAddress_isRefused_byTheNameOfTheSetting() {
    assertThatThrownBy(
            () -> RunningApi.withTables("--top-songs.ingestion-url=127.0.0.1:8081").close())
        .rootCause()
        .hasMessageContaining("TOP_SONGS_INGESTION_URL must be a URL such as");
  }

  private static JsonNode stage(RunningApi api, String name) {
    return RunningApi.json(api.get("/v1/status").body())
        .get("stages")
        .valueStream()
        .filter(stage -> stage.get("stage").asString().equals(name))
        .findFirst()
        .orElseGet(() -> RunningApi.json("{}").path("none"));
  }

  private static String minute(Instant began, int nth) {
    return Instant.ofEpochSecond((began.getEpochSecond() / 60 + nth) * 60).toString();
  }

  private static HttpServer ingestion(Instant began, AtomicInteger asked) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var answer =
        """
        {"now": "%s", "began_at": "%s", "accepted": {"%s": 42}}"""
            .formatted(Instant.now(), began, minute(began, 3));
    server.createContext(
        "/actuator/flow",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
          }
        });
    server.start();
    return server;
  }
}
