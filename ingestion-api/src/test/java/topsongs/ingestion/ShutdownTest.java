package topsongs.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static topsongs.ingestion.Api.JSON;
import static topsongs.ingestion.Api.PLAYS;
import static topsongs.ingestion.Plays.anaPlaysHalo;

import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import topsongs.contract.TestServer;

class ShutdownTest {
  private static final int LISTENERS = 8;

  @Test
  void everyPlayAcknowledgedBeforeTheEnd_isInKafka() {
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    ExecutorService listeners = Executors.newFixedThreadPool(LISTENERS);
    try (var kafka = TestServer.kafka()) {
      var api = Api.start(kafka.address());
      await().until(() -> api.post(PLAYS, JSON, anaPlaysHalo()).statusCode() == 202);
      var posting =
          Stream.generate(
                  () ->
                      CompletableFuture.runAsync(
                          () -> postUntilRefused(api, acknowledged), listeners))
              .limit(LISTENERS)
              .toList();
      await().until(() -> acknowledged.size() > 200);
      api.close();
      posting.forEach(CompletableFuture::join);

      var written =
          Topic.plays(kafka).records().stream()
              .map(r -> Plays.eventId(r.value()))
              .collect(Collectors.toSet());
      assertThat(written).containsAll(acknowledged);
    } finally {
      listeners.shutdown();
    }
  }

  private static void postUntilRefused(Api api, Set<String> acknowledged) {
    int status = 202;
    while (status == 202) {
      var play = anaPlaysHalo();
      status = statusOf(api, play);
      if (status == 202) {
        acknowledged.add(Plays.eventId(play));
      }
    }
  }

  private static int statusOf(Api api, String play) {
    try {
      return api.post(PLAYS, JSON, play).statusCode();
    } catch (UncheckedIOException e) {
      return 0; // The service has gone.
    }
  }
}
