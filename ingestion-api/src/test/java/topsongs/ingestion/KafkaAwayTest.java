package topsongs.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static topsongs.ingestion.Api.BATCH;
import static topsongs.ingestion.Api.JSON;
import static topsongs.ingestion.Api.PLAYS;
import static topsongs.ingestion.Plays.anaPlaysHalo;
import static topsongs.ingestion.Plays.batch;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import topsongs.contract.TestServer;

class KafkaAwayTest {
  /** The 6 seconds that a request waits, and some for a slow machine. */
  private static final Duration BOUND = Duration.ofSeconds(12);

  @Test
  void brokerMissingAtStart_isNotReadyAnd503() throws IOException {
    try (var api = Api.start("127.0.0.1:" + freePort())) {
      assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
      assertUnavailable(api.post(PLAYS, JSON, anaPlaysHalo()));
    }
  }

  @Test
  void brokerGone_is503WithinTheBoundHoweverManyAsk() {
    var kafka = TestServer.kafka();
    try (var api = Api.start(kafka.address())) {
      await().until(() -> api.post(PLAYS, JSON, anaPlaysHalo()).statusCode() == 202);
      kafka.close();

      var start = Instant.now();
      assertUnavailable(api.post(BATCH, JSON, batch(anaPlaysHalo(), anaPlaysHalo())));
      assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND);

      start = Instant.now();
      assertThat(postAtOnce(api, 3 * InFlight.MAX_REQUESTS))
          .allSatisfy(KafkaAwayTest::assertUnavailable)
          .anySatisfy(r -> assertThat(r.body()).contains("Too much is in flight"));
      assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND.multipliedBy(2));

      await().until(() -> api.get("/actuator/health/readiness").statusCode() == 503);
      assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    } finally {
      kafka.close();
    }
  }

  private static Stream<HttpResponse<String>> postAtOnce(Api api, int times) {
    var request =
        api.request(PLAYS)
            .header("Content-Type", JSON)
            .POST(BodyPublishers.ofString(anaPlaysHalo()))
            .build();
    var answers =
        Stream.generate(() -> api.http().sendAsync(request, BodyHandlers.ofString()))
            .limit(times)
            .toList();
    return answers.stream().map(CompletableFuture::join);
  }

  private static void assertUnavailable(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
