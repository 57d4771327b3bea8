package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static topsongs.simulator.Peer.answers;
import static topsongs.simulator.Peer.hangsUp;
import static topsongs.simulator.Peer.takesAll;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestionApiTest {
  private static final byte[] TWO_PLAYS = "{\"a\":1}\n{\"b\":2}\n".getBytes(StandardCharsets.UTF_8);

  private final List<String> notes = new ArrayList<>();

  @Test
  void busyThenReady_sendsTheSameBodyAgain() throws Exception {
    try (var peer =
        new Peer(takesAll())
            .first(
                answers(503, "", "Retry-After", "0"),
                answers(429, "", "Retry-After", "0"),
                answers(502, "bad gateway"))) {
      assertThat(api(peer.url(), Duration.ofSeconds(20)).send(TWO_PLAYS).accepted()).isEqualTo(2);
      assertThat(peer.bodies())
          .hasSize(4)
          .containsOnly(new String(TWO_PLAYS, StandardCharsets.UTF_8));
    }
    assertThat(notes).anySatisfy(note -> assertThat(note).contains("it answers 503"));
  }

  @Test
  void retryAfter_isWaitedFor() throws Exception {
    try (var peer = new Peer(takesAll()).first(answers(503, "", "Retry-After", "1"))) {
      long start = System.nanoTime();
      api(peer.url(), Duration.ofSeconds(20)).send(TWO_PLAYS);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void droppedConnection_isTriedAgain() throws Exception {
    try (var peer = new Peer(takesAll()).first(hangsUp(), hangsUp())) {
      assertThat(api(peer.url(), Duration.ofSeconds(20)).send(TWO_PLAYS).accepted()).isEqualTo(2);
    }
  }

  @Test
  void rejections_nameIndexAndReason() throws Exception {
    var answer =
        """
        {"accepted": 1, "rejected": 1, "rejections": [
          {"index": 1, "event_id": "x", "problem": {"title": "Invalid play", "detail": "region must be …"}}]}
        """;
    try (var peer = new Peer(answers(202, answer))) {
      var got = api(peer.url(), Duration.ZERO).send(TWO_PLAYS);
      assertThat(got.accepted()).isEqualTo(1);
      assertThat(got.rejections()).containsOnlyKeys(1).containsValue("region must be …");
    }
  }

  @Test
  void unknownKey_isToldAtOnce() throws Exception {
    try (var peer = new Peer(answers(401, ""))) {
      assertThatThrownBy(() -> api(peer.url(), Duration.ofHours(1)).send(TWO_PLAYS))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("TOP_SONGS_API_KEY");
      assertThat(peer.bodies()).hasSize(1);
    }
  }

  @Test
  void refusedBatch_tellsTheDetail() throws Exception {
    try (var peer = new Peer(answers(400, "{\"detail\": \"line 1 is not JSON\"}"))) {
      assertThatThrownBy(() -> api(peer.url(), Duration.ofHours(1)).send(TWO_PLAYS))
          .hasMessageContaining("answers 400: line 1 is not JSON");
    }
  }

  @Test
  void nobodyThere_endsWhenPatienceDoes() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(
            () -> api("http://127.0.0.1:" + port, Duration.ofMillis(500)).send(TWO_PLAYS))
        .isInstanceOf(Failure.class)
        .hasMessageMatching(
            "Cannot reach ingestion-api at http://127.0.0.1:"
                + port
                + ": .+; is the stack up\\? ./top-songs up");
  }

  private IngestionApi api(String url, Duration patience) {
    return new IngestionApi(
        url, "key", (spent, answered) -> spent.compareTo(patience) < 0, notes::add);
  }
}
