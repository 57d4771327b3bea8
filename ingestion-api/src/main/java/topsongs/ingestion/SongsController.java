package topsongs.ingestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes new and corrected songs. Hidden from the scan because openapi.yaml describes it. */
@Hidden
@RestController
@RequestMapping(path = "/v1/songs", produces = MediaType.APPLICATION_JSON_VALUE)
class SongsController {
  /** One is written at a time; more would only hold memory, some 3 MB each. */
  private static final int MAX_REQUESTS = 4;

  private final Catalogue catalogue;
  private final Counter accepted;
  private final Semaphore requests = new Semaphore(MAX_REQUESTS);

  SongsController(Catalogue catalogue, MeterRegistry meters) {
    this.catalogue = catalogue;
    this.accepted = meters.counter("topsongs.songs.accepted");
  }

  @PutMapping(path = "/{song_id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Song put(@PathVariable("song_id") String songId, HttpServletRequest request) throws IOException {
    return limited(
        () -> {
          var body = PlayJson.parser(Body.of(request, SongDraft.MAX_BYTES));
          var song = SongDraft.readOnly(body).withId(songId).song();
          take(List.of(song));
          return song;
        });
  }

  @PostMapping(
      path = "/batch",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
  BatchReceipt postBatch(HttpServletRequest request) throws IOException {
    return limited(
        () -> {
          var batch = read(request);
          take(batch.songs());
          return new BatchReceipt(
              batch.songs().size(), batch.rejections().size(), batch.rejections());
        });
  }

  record BatchReceipt(int accepted, int rejected, List<SongBatch.Rejection> rejections) {}

  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T limited(Work<T> work) throws IOException {
    if (!requests.tryAcquire()) {
      throw Refusal.unavailable("Too many are correcting songs; send it again later");
    }
    try {
      return work.run();
    } finally {
      requests.release();
    }
  }

  private void take(List<Song> songs) {
    if (!songs.isEmpty()) {
      catalogue.put(songs);
      accepted.increment(songs.size());
    }
  }

  private static SongBatch read(HttpServletRequest request) throws IOException {
    var body = Body.of(request, BatchBody.MAX_BYTES);
    var type = MediaType.parseMediaType(request.getContentType());
    return type.equalsTypeAndSubtype(MediaType.APPLICATION_NDJSON)
        ? SongBatch.ofLines(body)
        : SongBatch.ofJson(body);
  }
}
