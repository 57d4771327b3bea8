package topsongs.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** A single play of now, by a client that does not give up; it too is in an account. */
final class Probe {
  private static final Duration AGAIN_AFTER = Duration.ofMillis(300);
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Settings settings;
  private final Path account;

  Probe(Settings settings, Path account) {
    this.settings = settings;
    this.account = account;
  }

  /**
   * Posts one play, the same again and again, until it is acknowledged; returns when it was.
   *
   * @throws IllegalStateException when it is not by the deadline
   */
  Instant post(Instant deadline) throws IOException, InterruptedException {
    var id = UUID.randomUUID();
    var playedAt = MILLISECONDS.format(Instant.now());
    var request =
        HttpRequest.newBuilder(URI.create(settings.url(Settings.INGESTION) + "/v1/plays"))
            .timeout(Duration.ofSeconds(8))
            .header("Authorization", "Bearer " + settings.apiKey())
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"event_id":"%s","user_id":"drill","song_id":"s-0001","region":"CA","played_at":"%s","ms_played":200000}"""
                        .formatted(id, playedAt)))
            .build();
    while (!isAcknowledged(request)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("no play is acknowledged");
      }
      Thread.sleep(AGAIN_AFTER.toMillis());
    }
    var now = Instant.now();
    Files.writeString(
        account,
        "%s,%s,%s\n".formatted(id, playedAt, MILLISECONDS.format(now)),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return now;
  }

  private boolean isAcknowledged(HttpRequest play) throws InterruptedException {
    try {
      return http.send(play, BodyHandlers.discarding()).statusCode() == 202;
    } catch (IOException e) {
      return false;
    }
  }
}
