package topsongs.ingestion;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import topsongs.contract.Lake;

/**
 * The lake's catalogue, as something one can correct. It is one object: each correction reads it
 * and writes it whole, on condition that nobody else has written it in between.
 */
@Component
class Catalogue implements DisposableBean {
  /**
   * Some 80,000 songs. While it is corrected it is here several times over, beside all that is in
   * flight of plays.
   */
  static final int MAX_BYTES = 16 * 1024 * 1024;

  static final int MAX_TRIES = 10;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
  private static final String NOBODY_HAS_ONE = "*";

  /** Another was faster; 404 when it was removed since it was read. */
  private static final Set<String> OVERTAKEN =
      Set.of("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey");

  private final MinioClient store;
  private final String bucket;
  private final Semaphore turn = new Semaphore(1, true);

  Catalogue(IngestionSettings settings) {
    store = settings.lake().client();
    bucket = settings.lake().bucket();
  }

  /**
   * Returns when the catalogue holds these songs.
   *
   * @throws Refusal when it could not be read and written in time; it may hold them all the same
   */
  void put(List<Song> songs) {
    try {
      if (!turn.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw busy();
      }
      try {
        putInTurn(songs);
      } finally {
        turn.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    } catch (MinioException | IOException e) {
      throw away(e);
    } catch (IllegalStateException e) {
      // What the client makes of a store that cannot be reached.
      throw e.getCause() instanceof IOException reason ? away(reason) : e;
    }
  }

  @Override
  public void destroy() throws Exception {
    store.close();
  }

  private void putInTurn(List<Song> songs)
      throws MinioException, IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int tries = 0; tries < MAX_TRIES && System.nanoTime() < deadline; tries++) {
      var found = read();
      if (!found.lines().put(songs) || write(found)) {
        return;
      }
      Thread.sleep(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toMillis()));
    }
    throw busy();
  }

  /**
   * @param etag of the object that was read, or {@link #NOBODY_HAS_ONE}
   */
  private record Found(SongLines lines, String etag) {}

  private Found read() throws MinioException, IOException {
    var object = GetObjectArgs.builder().bucket(bucket).object(Lake.SONGS).build();
    try (var in = store.getObject(object)) {
      byte[] jsonl = in.readNBytes(MAX_BYTES + 1);
      requireRoom(jsonl.length);
      var etag = in.headers().get("ETag");
      if (etag == null) {
        throw new IOException("the store gives no ETag");
      }
      return new Found(SongLines.read(jsonl), etag);
    } catch (ErrorResponseException e) {
      if (e.errorResponse().code().equals("NoSuchKey")) {
        return new Found(SongLines.read(new byte[0]), NOBODY_HAS_ONE);
      }
      throw e;
    }
  }

  /** Whether it is written; not when another was faster. */
  private boolean write(Found found) throws MinioException {
    byte[] jsonl = found.lines().bytes();
    requireRoom(jsonl.length);
    var condition = found.etag().equals(NOBODY_HAS_ONE) ? "If-None-Match" : "If-Match";
    try {
      store.putObject(
          PutObjectArgs.builder()
              .bucket(bucket)
              .object(Lake.SONGS)
              .data(jsonl, jsonl.length)
              .contentType("application/x-ndjson")
              .extraHeaders(Map.of(condition, found.etag()))
              .build());
      return true;
    } catch (ErrorResponseException e) {
      if (OVERTAKEN.contains(e.errorResponse().code())) {
        return false;
      }
      throw e;
    }
  }

  private static void requireRoom(int bytes) {
    if (bytes > MAX_BYTES) {
      throw Refusal.noRoom(
          "The catalogue must be at most 16 MiB to be corrected here; replace %s as a file instead"
              .formatted(Lake.SONGS));
    }
  }

  private static Refusal away(Exception reason) {
    return Refusal.unavailable(
        "The catalogue cannot be written: %s; send it again later".formatted(reason.getMessage()));
  }

  private static Refusal busy() {
    return Refusal.unavailable("Others are correcting the catalogue; send it again later");
  }
}
