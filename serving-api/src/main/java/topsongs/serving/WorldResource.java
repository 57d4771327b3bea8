package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.Granularity;
import topsongs.serving.ChartResource.ShortSong;
import topsongs.serving.Parameters.Region;

@RestController
@Tag(name = "Charts")
class WorldResource {
  private final Worlds worlds;
  private final Timeline timeline;

  WorldResource(Worlds worlds, Timeline timeline) {
    this.worlds = worlds;
    this.timeline = timeline;
  }

  @GetMapping(path = "/v1/world/{granularity}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Every region's number one in one period, and what moved most",
      description =
          """
          Without `at`: the newest period that GLOBAL has settled, or its newest provisional one while there is none. \
          climbers rose most against the period just before, new_entries were not on their chart in it; both stand \
          among the first ten now, in any region but GLOBAL, and are at most ten.""")
  ResponseEntity<World> world(
      @PathVariable Granularity granularity,
      @Parameter(description = "Any instant in the period.", example = "2026-11-22T13:30:00Z")
          @RequestParam(required = false)
          @Nullable Instant at) {
    var world =
        worlds
            .find(granularity, at)
            .orElseThrow(() -> ChartResource.noChart(timeline, Region.GLOBAL, granularity, at));
    return ResponseEntity.ok()
        .cacheControl(ChartResource.cacheControl(at == null || isMoving(world)))
        .body(world);
  }

  private static boolean isMoving(World world) {
    return Stream.concat(
            Stream.of(world.status()), world.regions().stream().map(RegionalChart::status))
        .anyMatch(status -> status.equals("provisional"));
  }

  @Schema(description = "status, previous_period and next_period are those of GLOBAL's chart")
  record World(
      @Schema(allowableValues = {"hour", "day"}) String granularity,
      Instant periodStart,
      Instant periodEnd,
      @Schema(allowableValues = {"provisional", "final", "held"}) String status,
      @Nullable Instant previousPeriod,
      @Nullable Instant nextPeriod,
      @Schema(description = "Those with a chart of the period, GLOBAL left out; by region")
          List<RegionalChart> regions,
      @Schema(description = "By places climbed, then rank, then region") List<Climber> climbers,
      @Schema(description = "Those that are new, then re-entries; each by rank, then plays")
          List<NewEntry> newEntries) {}

  record RegionalChart(
      String region,
      String regionName,
      @Schema(allowableValues = {"provisional", "final", "held"}) String status,
      int revision,
      @Schema(description = "Of all songs, not only those on the chart") long plays,
      @Schema(description = "Null for a chart without entries")
          @Nullable RegionalNumberOne numberOne) {}

  record RegionalNumberOne(
      ShortSong song,
      long plays,
      @Schema(description = "In the period just before") @Nullable Integer previousRank,
      @Schema(allowableValues = {"new", "re_entry", "up", "same"}) String movement,
      @Schema(description = "Periods on the chart without a gap, this one included") int streak,
      boolean tied) {}

  record Climber(
      String region, String regionName, ShortSong song, int rank, int previousRank, long plays) {}

  record NewEntry(
      String region,
      String regionName,
      ShortSong song,
      int rank,
      long plays,
      @Schema(allowableValues = {"new", "re_entry"}) String movement) {}
}
