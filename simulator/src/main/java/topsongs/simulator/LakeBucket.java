package topsongs.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import topsongs.contract.Lake;

/** The bucket of the lake: songs go in, how far the stream has come is read. */
final class LakeBucket implements AutoCloseable {
  private static final Set<String> NOT_THERE = Set.of("NoSuchKey", "NoSuchBucket");
  private static final Set<String> OVERTAKEN =
      Set.of("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey");
  private static final int MAX_TRIES = 10;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BETWEEN_LOOKS_MS = 500;

  private final String endpoint;
  private final String name;
  private final MinioClient store;

  private LakeBucket(ObjectStore lake) {
    endpoint = lake.endpoint();
    name = lake.bucket();
    store = lake.client();
  }

  /**
   * @throws Failure when the lake is not a bucket
   */
  static LakeBucket of(Map<String, String> environment) {
    return new LakeBucket(ObjectStore.of(environment));
  }

  String endpoint() {
    return endpoint;
  }

  String name() {
    return name;
  }

  /** Replaces the catalogue; makes the bucket where there is none. */
  void putSongs(byte[] jsonl) throws MinioException {
    makeBucket();
    put(jsonl, Map.of());
  }

  /** Adds the songs that the catalogue has not; what others change in it meanwhile is not lost. */
  void addSongs(Catalogue songs) throws MinioException {
    makeBucket();
    for (int tries = 1; ; tries++) {
      try {
        addOnce(songs);
        return;
      } catch (ErrorResponseException e) {
        if (!OVERTAKEN.contains(e.errorResponse().code()) || tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  private void addOnce(Catalogue songs) throws MinioException {
    try (var in = store.getObject(catalogue())) {
      byte[] before = in.readAllBytes();
      byte[] after = songs.addedTo(before);
      if (!Arrays.equals(before, after)) {
        put(after, Map.of("If-Match", String.valueOf(in.headers().get("ETag"))));
      }
    } catch (ErrorResponseException e) {
      if (!NOT_THERE.contains(e.errorResponse().code())) {
        throw e;
      }
      put(songs.jsonl(), Map.of("If-None-Match", "*"));
    } catch (IOException e) {
      throw new MinioException(e);
    }
  }

  private void makeBucket() throws MinioException {
    if (!store.bucketExists(BucketExistsArgs.builder().bucket(name).build())) {
      store.makeBucket(MakeBucketArgs.builder().bucket(name).build());
    }
  }

  private GetObjectArgs catalogue() {
    return GetObjectArgs.builder().bucket(name).object(Lake.SONGS).build();
  }

  private void put(byte[] jsonl, Map<String, String> condition) throws MinioException {
    store.putObject(
        PutObjectArgs.builder()
            .bucket(name)
            .object(Lake.SONGS)
            .data(jsonl, jsonl.length)
            .contentType("application/x-ndjson")
            .extraHeaders(condition)
            .build());
  }

  /** The catalogue as it was published last; empty when there is none. */
  byte[] songs() throws MinioException {
    try (var in = store.getObject(catalogue())) {
      return in.readAllBytes();
    } catch (ErrorResponseException e) {
      if (NOT_THERE.contains(e.errorResponse().code())) {
        return new byte[0];
      }
      throw e;
    } catch (IOException e) {
      throw new MinioException(e);
    }
  }

  /**
   * Waits until everything that reached Kafka before the instant is in the lake.
   *
   * @throws Failure when it is not in time
   */
  void awaitStream(Instant until, Duration patience) throws InterruptedException {
    var deadline = Clock.systemUTC().instant().plus(patience);
    for (var passed = streamPassed(); passed.isBefore(until); passed = streamPassed()) {
      if (Clock.systemUTC().instant().isAfter(deadline)) {
        throw new Failure(
            "Cannot see the plays in the lake: the stream has passed %s, not %s, after %d s; is streaming-job running?"
                .formatted(
                    passed.equals(Instant.EPOCH) ? "nothing" : passed,
                    until,
                    patience.toSeconds()));
      }
      Thread.sleep(BETWEEN_LOOKS_MS);
    }
  }

  @Override
  public void close() throws Exception {
    store.close();
  }

  /** The epoch when nobody knows: the store may be starting, the stream may never have run. */
  private Instant streamPassed() {
    var progress = GetObjectArgs.builder().bucket(name).object(Lake.STREAM_PROGRESS).build();
    try (var in = store.getObject(progress)) {
      var until = JSON.readTree(in).path("complete_until").asText();
      return until.isEmpty() ? Instant.EPOCH : Instant.parse(until);
    } catch (ErrorResponseException e) {
      if (e.errorResponse().code().equals("AccessDenied")) {
        throw new Failure(
            "Cannot read %s of the lake: access denied".formatted(Lake.STREAM_PROGRESS));
      }
      return Instant.EPOCH;
    } catch (MinioException | IOException e) {
      return Instant.EPOCH;
    }
  }
}
