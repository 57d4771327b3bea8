package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
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
  private final Places places;
  private final Timeline timeline;

  SongResource(Places places, Timeline timeline) {
    this.places = places;
    this.timeline = timeline;
  }

  @GetMapping(path = "/v1/songs/{song_id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "A song, and where it stands in every region's chart of one period",
      description =
          """
          Without `at`: of the newest period that GLOBAL has settled, or its newest provisional one while there is \
          none. charts are those with the song among their first hundred: by rank, at the same rank GLOBAL first, then \
          by plays.""")
  ResponseEntity<SongToday> song(
      @PathVariable("song_id") SongId songId,
      @RequestParam(defaultValue = "hour") Granularity granularity,
      @Parameter(description = "Any instant in the period.", example = "2026-11-22T13:30:00Z")
          @RequestParam(required = false)
          @Nullable Instant at) {
    var song = places.find(songId, granularity, at).orElseThrow(() -> noSong(songId));
    return ResponseEntity.ok()
        .cacheControl(ChartResource.cacheControl(at == null || isMoving(song)))
        .body(song);
  }

  /** Where no chart has the song, the period may be one that still goes on. */
  private static boolean isMoving(SongToday song) {
    return song.charts().isEmpty()
        || song.charts().stream().anyMatch(place -> place.status().equals("provisional"));
  }

  record SongToday(
      Song song,
      @Schema(allowableValues = {"hour", "day"}) String granularity,
      @Schema(description = "Null before the first chart of GLOBAL") @Nullable Instant periodStart,
      @Nullable Instant periodEnd,
      List<Place> charts) {}

  @Schema(description = "A song's entry in the chart of a region")
  record Place(
      String region,
      String regionName,
      @Schema(allowableValues = {"provisional", "final", "held"}) String status,
      int position,
      int rank,
      boolean tied,
      long plays,
      @Schema(description = "Of the chart's total plays, 6 decimals") BigDecimal share,
      @Schema(description = "In the period just before") @Nullable Integer previousRank,
      @Schema(allowableValues = {"new", "re_entry", "up", "down", "same"}) String movement,
      int peakRank,
      @Schema(description = "Up to and including this one") int periodsOnChart,
      @Schema(description = "Periods on the chart without a gap, this one included") int streak) {}

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

  private static ErrorResponseException noSong(SongId songId) {
    return Problems.notFound(
        "There is no song %s: it is neither in the catalogue nor in any chart"
            .formatted(songId.id()));
  }

  private static ErrorResponseException noSong(
      SongId songId, Region region, Granularity granularity) {
    return Problems.notFound(
        "There is no song %s: it is neither in the catalogue nor in any %s chart of %s"
            .formatted(songId.id(), granularity.wireName(), region.code()));
  }
}
