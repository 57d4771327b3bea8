package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.Granularity;
import topsongs.serving.ChartResource.ShortSong;
import topsongs.serving.Parameters.Periods;
import topsongs.serving.Parameters.Region;

@RestController
@Tag(name = "Charts")
class RaceResource {
  private final Races races;
  private final Timeline timeline;

  RaceResource(Races races, Timeline timeline) {
    this.races = races;
    this.timeline = timeline;
  }

  @GetMapping(
      path = "/v1/charts/{region}/{granularity}/race",
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "How the first ten of successive periods stood in all of them",
      description =
          """
          The periods up to and including that of `at`; without it, of the chart that is answered then. songs are \
          those among the first ten positions of at least one of them, by rank in the last period, then by the best \
          position in any, then by id.""")
  ResponseEntity<Race> race(
      @PathVariable Region region,
      @PathVariable Granularity granularity,
      @Parameter(description = "Any instant in the last period.", example = "2026-11-22T13:30:00Z")
          @RequestParam(required = false)
          @Nullable Instant at,
      @Parameter(description = "How many periods, 2 to 100.") @RequestParam(defaultValue = "24")
          Periods periods) {
    var race =
        races
            .find(region, granularity, at, periods)
            .orElseThrow(() -> ChartResource.noChart(timeline, region, granularity, at));
    var moving =
        at == null || race.periods().stream().anyMatch(p -> "provisional".equals(p.status()));
    return ResponseEntity.ok().cacheControl(ChartResource.cacheControl(moving)).body(race);
  }

  record Race(
      String region,
      String regionName,
      @Schema(allowableValues = {"hour", "day"}) String granularity,
      @Schema(description = "Oldest first, each of the range") List<RacePeriod> periods,
      List<Racer> songs) {}

  record RacePeriod(
      Instant periodStart,
      @Schema(
              description = "Null where there is no chart",
              allowableValues = {"provisional", "final", "held"})
          @Nullable String status) {}

  @Schema(description = "ranks and plays have an item for each of periods")
  record Racer(
      ShortSong song,
      @Schema(description = "Null where the song is not on the chart")
          List<@Nullable Integer> ranks,
      List<@Nullable Long> plays,
      @Schema(description = "Start of the first period ever that has the song on this chart")
          Instant firstCharted) {}
}
