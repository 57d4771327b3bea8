package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.Granularity;
import topsongs.serving.Parameters.Range;
import topsongs.serving.Parameters.Region;
import topsongs.serving.Parameters.SongId;

@RestController
@Tag(name = "Songs")
class SongResource {
  private final Timeline timeline;

  SongResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @GetMapping(
      path = "/v1/songs/{song_id}/history",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  @Operation(
      summary = "Where a song stood in every period that charted it",
      description = "Oldest first; the newest 10,000 of them.")
  ResponseEntity<History> history(
      @PathVariable("song_id") SongId songId,
      @RequestParam(defaultValue = "GLOBAL") Region region,
      @RequestParam(defaultValue = "hour") Granularity granularity,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to) {
    var history =
        timeline
            .history(songId, region, granularity, Range.of(from, to))
            .orElseThrow(() -> noSong(songId, region, granularity));
    return ResponseEntity.ok().cacheControl(ChartResource.MOVING).varyBy("Accept").body(history);
  }

  record History(Song song, String region, String granularity, List<Point> points)
      implements Csv.Table {
    @Override
    public Class<Line> lineType() {
      return Line.class;
    }

    @Override
    public List<Line> lines() {
      return points.stream()
          .map(point -> new Line(song.songId(), region, granularity, point))
          .toList();
    }
  }

  @Schema(description = "All but the id are null for a song that the catalogue does not know")
  record Song(
      String songId,
      @Nullable String title,
      @Nullable String artist,
      @Nullable String album,
      @Nullable String genre,
      @Nullable Integer durationMs,
      @Nullable LocalDate releaseDate) {}

  record Point(Instant periodStart, int rank, long plays) {}

  record Line(String songId, String region, String granularity, Point point) {}

  private static ErrorResponseException noSong(
      SongId songId, Region region, Granularity granularity) {
    return Problems.notFound(
        "There is no song %s: it is neither in the catalogue nor in any %s chart of %s"
            .formatted(songId.id(), granularity.wireName(), region.code()));
  }
}
