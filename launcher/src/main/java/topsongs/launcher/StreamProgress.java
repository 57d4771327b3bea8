package topsongs.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import topsongs.contract.Lake;

/** Up to which arrival the stream has moved plays into the lake. */
final class StreamProgress {
  /** By default the client would wait five minutes for a store that has fallen silent. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final MinioClient lake;

  StreamProgress(Settings settings) {
    lake = lake(settings);
  }

  /** The object store of the stack. */
  static MinioClient lake(Settings settings) {
    var lake =
        MinioClient.builder()
            .endpoint(settings.url(Settings.OBJECT_STORE))
            .credentials(
                settings.secret("TOP_SONGS_S3_ACCESS_KEY"),
                settings.secret("TOP_SONGS_S3_SECRET_KEY"))
            .build();
    lake.setTimeout(PATIENCE.toMillis(), PATIENCE.toMillis(), PATIENCE.toMillis());
    return lake;
  }

  /** Every play that reached Kafka before this is in the lake; the epoch when none is known. */
  Instant completeUntil() {
    return field("complete_until");
  }

  /** When the stream last said anything; the epoch when it never has. */
  Instant updatedAt() {
    return field("updated_at");
  }

  /**
   * Waits until the stream has passed the instant.
   *
   * @throws IllegalStateException when it has not in time
   */
  void awaitPassed(Instant instant, Duration within) throws InterruptedException {
    var deadline = Instant.now().plus(within);
    while (!completeUntil().isAfter(instant)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "Cannot wait for the stream: it passed %s, not %s, in %d s"
                .formatted(completeUntil(), instant, within.toSeconds()));
      }
      Thread.sleep(250);
    }
  }

  private Instant field(String name) {
    var object = GetObjectArgs.builder().bucket(Lake.BUCKET).object(Lake.STREAM_PROGRESS).build();
    try (var in = lake.getObject(object)) {
      var value = new ObjectMapper().readTree(in).path(name).asText();
      return value.isEmpty() ? Instant.EPOCH : Instant.parse(value);
    } catch (MinioException | IOException | IllegalStateException e) {
      // Not there yet, or the store is starting again: nothing is known to be complete. The client
      // wraps a refused connection in an IllegalStateException.
      return Instant.EPOCH;
    }
  }
}
