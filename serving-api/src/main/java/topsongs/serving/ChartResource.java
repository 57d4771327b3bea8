package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.serving.Parameters.Limit;
import topsongs.serving.Parameters.Range;
import topsongs.serving.Parameters.Region;
import topsongs.serving.SongResource.Song;

@RestController
@RequestMapping("/v1/charts/{region}/{granularity}")
@Tag(name = "Charts")
class ChartResource {
  /** The next revision of a settled chart may be a minute late; nobody waits for it. */
  private static final CacheControl SETTLED =
      CacheControl.maxAge(Duration.ofMinutes(1))
          .cachePublic()
          .staleWhileRevalidate(Duration.ofMinutes(10));

  static final CacheControl MOVING = CacheControl.maxAge(Duration.ofSeconds(5)).cachePublic();

  private final Charts charts;
  private final Timeline timeline;

  ChartResource(Charts charts, Timeline timeline) {
    this.charts = charts;
    this.timeline = timeline;
  }

  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  @Operation(
      summary = "The chart of one period",
      description =
          """
          Without `at`: the newest chart that is settled (final or held), or the newest provisional one while there is \
          none. The CSV has one line per entry.""")
  ResponseEntity<Chart> chart(
      @PathVariable Region region,
      @PathVariable Granularity granularity,
      @Parameter(description = "Any instant in the period.", example = "2026-11-22T13:30:00Z")
          @RequestParam(required = false)
          @Nullable Instant at,
      @Parameter(description = "How many entries, 1 to 100.") @RequestParam(defaultValue = "10")
          Limit limit) {
    var chart =
        charts
            .find(region, granularity, at, limit)
            .orElseThrow(() -> noChart(region, granularity, at));
    var moving = at == null || chart.status().equals("provisional");
    return ResponseEntity.ok().cacheControl(moving ? MOVING : SETTLED).varyBy("Accept").body(chart);
  }

  /**
   * @param previousPeriod the nearest earlier period with a chart
   * @param nextPeriod the nearest later period with a chart
   * @param numberOneHistory the 24 periods up to and including this one, oldest first
   * @param left songs of the ten of the period just before that are not in this one's ten
   */
  record Chart(
      String region,
      String regionName,
      String granularity,
      Instant periodStart,
      Instant periodEnd,
      String status,
      int revision,
      Instant computedAt,
      String rulesVersion,
      Totals totals,
      @Nullable Balance balance,
      @Nullable Instant previousPeriod,
      @Nullable Instant nextPeriod,
      List<Entry> entries,
      List<NumberOne> numberOneHistory,
      List<Left> left)
      implements Csv.Table {
    @Override
    public Class<Line> lineType() {
      return Line.class;
    }

    @Override
    public List<Line> lines() {
      return entries.stream()
          .map(entry -> new Line(region, granularity, periodStart, entry))
          .toList();
    }
  }

  record Line(String region, String granularity, Instant periodStart, Entry entry) {}

  /** Over all songs of the period, not only those on the chart. */
  record Totals(long plays, long listeners, long songs) {}

  /** received = counted + duplicate + too_short + over_cap, or the chart is held. */
  record Balance(
      long received,
      long counted,
      long duplicate,
      long tooShort,
      long overCap,
      @Nullable Long rejected,
      long unknownSong) {}

  /**
   * @param share of the chart's total plays, 6 decimals
   * @param movement new, re_entry, up, down or same, against the period just before
   * @param streak periods on the chart without a gap, this one included
   */
  record Entry(
      int position,
      int rank,
      boolean tied,
      Song song,
      long plays,
      long listeners,
      BigDecimal share,
      @Nullable Integer previousRank,
      @Nullable Long previousPlays,
      String movement,
      int peakRank,
      int periodsOnChart,
      int streak) {}

  /**
   * @param plays null where the song was not on the chart
   */
  record NumberOne(Instant periodStart, @Nullable Long plays) {}

  record Left(LeftSong song, int previousRank) {}

  record LeftSong(String songId, @Nullable String title, @Nullable String artist) {}

  @GetMapping("/periods")
  @Operation(
      summary = "The periods that have a chart",
      description = "Newest first, at most 1,000.")
  ResponseEntity<Periods> periods(
      @PathVariable Region region,
      @PathVariable Granularity granularity,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to) {
    var periods = timeline.periods(region, granularity, Range.of(from, to));
    return ResponseEntity.ok().cacheControl(MOVING).body(new Periods(periods));
  }

  record Periods(List<ChartPeriod> periods) {}

  record ChartPeriod(Instant periodStart, String status, int revision) {}

  private ErrorResponseException noChart(
      Region region, Granularity granularity, @Nullable Instant at) {
    if (at == null) {
      return Problems.notFound(
          "There is no %s chart of %s yet; /v1/regions lists what there is"
              .formatted(granularity.wireName(), region.code()));
    }
    var problem =
        Problems.notFound(
            "There is no %s chart of %s for %s"
                .formatted(granularity.wireName(), region.code(), granularity.floor(at)));
    timeline
        .nearest(region, Period.of(granularity, at))
        .ifPresent(nearest -> problem.getBody().setProperty("nearest_period", nearest));
    return problem;
  }
}
