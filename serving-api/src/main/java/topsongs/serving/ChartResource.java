package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
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
import topsongs.serving.Parameters.Revision;
import topsongs.serving.SongResource.Song;

@RestController
@RequestMapping("/v1/charts/{region}/{granularity}")
@Tag(name = "Charts")
class ChartResource {
  /** The next revision of a settled chart may be a minute late. */
  private static final CacheControl SETTLED =
      CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic();

  /** What stands beside a superseded revision may still change: titles, movement. */
  private static final CacheControl SUPERSEDED =
      CacheControl.maxAge(Duration.ofDays(1)).cachePublic();

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
          none. With `revision`: what that revision of the chart said; movement, peak and streak are read from the past \
          as it is known today. The CSV has one line per entry.""")
  ResponseEntity<Chart> chart(
      @PathVariable Region region,
      @PathVariable Granularity granularity,
      @Parameter(description = "Any instant in the period.", example = "2026-11-22T13:30:00Z")
          @RequestParam(required = false)
          @Nullable Instant at,
      @Parameter(description = "How many entries, 1 to 100.") @RequestParam(defaultValue = "10")
          Limit limit,
      @RequestParam(required = false) @Nullable Revision revision) {
    var newest =
        charts
            .find(region, granularity, at, limit)
            .orElseThrow(() -> noChart(timeline, region, granularity, at));
    if (revision == null || revision.number() == newest.revision()) {
      var moving = at == null || newest.status().equals("provisional");
      return answer(newest, cacheControl(moving));
    }
    var start = newest.periodStart();
    var chart =
        charts
            .superseded(region, granularity, start, revision, limit)
            .orElseThrow(() -> noRevision(region, granularity, start, revision));
    return answer(chart, at == null ? MOVING : SUPERSEDED);
  }

  static CacheControl cacheControl(boolean moving) {
    return moving ? MOVING : SETTLED;
  }

  private static ResponseEntity<Chart> answer(Chart chart, CacheControl cacheControl) {
    return ResponseEntity.ok().cacheControl(cacheControl).varyBy("Accept").body(chart);
  }

  record Chart(
      String region,
      String regionName,
      @Schema(allowableValues = {"hour", "day"}) String granularity,
      Instant periodStart,
      Instant periodEnd,
      @Schema(
              description = "held: the balance does not add up",
              allowableValues = {"provisional", "final", "held"})
          String status,
      @Schema(description = "Rises when the content changes, and computed_at with it") int revision,
      Instant computedAt,
      String rulesVersion,
      @Schema(description = "Whose run made this revision, where it is known") @Nullable String run,
      @Schema(description = "Null where the one before was provisional, or is not kept")
          @Nullable Change change,
      Totals totals,
      @Nullable Balance balance,
      @Schema(description = "The nearest earlier period with a chart")
          @Nullable Instant previousPeriod,
      @Schema(description = "The nearest later period with a chart") @Nullable Instant nextPeriod,
      List<Entry> entries,
      @Schema(description = "The 24 periods up to and including this one, oldest first")
          List<NumberOne> numberOneHistory,
      @Schema(description = "Of the ten of the period just before, those not in this one's ten")
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

  @Schema(description = "What a revision changed against the one before it")
  record Change(
      @Schema(description = "Of the totals") long plays,
      @Schema(description = "Whether a song stands elsewhere, is new or has gone") boolean ranks,
      @Schema(description = "For a person; at most 400 characters") String words) {}

  @Schema(description = "Over all songs of the period, not only those on the chart")
  record Totals(long plays, long listeners, long songs) {}

  @Schema(
      description =
          "received = counted + duplicate + too_short + over_cap + excluded, or it is held")
  record Balance(
      long received,
      long counted,
      long duplicate,
      long tooShort,
      long overCap,
      @Schema(description = "Flagged, where rules_version excludes those") long excluded,
      @Nullable Long rejected,
      long unknownSong) {}

  record Entry(
      int position,
      @Schema(description = "Competition rank: 1, 2, 2, 4") int rank,
      boolean tied,
      Song song,
      long plays,
      long listeners,
      @Schema(description = "Of the chart's total plays, 6 decimals") BigDecimal share,
      @Schema(description = "In the period just before") @Nullable Integer previousRank,
      @Nullable Long previousPlays,
      @Schema(
              description = "Against the period just before",
              allowableValues = {"new", "re_entry", "up", "down", "same"})
          String movement,
      int peakRank,
      @Schema(description = "Up to and including this one") int periodsOnChart,
      @Schema(description = "Periods on the chart without a gap, this one included") int streak) {}

  record NumberOne(
      Instant periodStart,
      @Schema(description = "Null where the song was not on the chart") @Nullable Long plays) {}

  record Left(ShortSong song, int previousRank) {}

  record ShortSong(String songId, @Nullable String title, @Nullable String artist) {}

  @GetMapping(path = "/periods", produces = MediaType.APPLICATION_JSON_VALUE)
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

  @GetMapping(path = "/revisions", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "What a period's chart has said over time",
      description =
          "Newest first, at most 1,000. Without `at`: of the chart that is answered then.")
  ResponseEntity<ChartRevisions> revisions(
      @PathVariable Region region,
      @PathVariable Granularity granularity,
      @Parameter(description = "Any instant in the period.", example = "2026-11-22T13:30:00Z")
          @RequestParam(required = false)
          @Nullable Instant at) {
    var revisions = charts.revisions(region, granularity, at);
    if (revisions.isEmpty()) {
      throw noChart(timeline, region, granularity, at);
    }
    return ResponseEntity.ok().cacheControl(MOVING).body(new ChartRevisions(revisions));
  }

  record ChartRevisions(List<ChartRevision> revisions) {}

  record ChartRevision(
      int revision,
      String status,
      Instant computedAt,
      String rulesVersion,
      @Nullable String run,
      long plays,
      @Nullable Change change) {}

  private static ErrorResponseException noRevision(
      Region region, Granularity granularity, Instant at, Revision revision) {
    return Problems.notFound(
        "There is no revision %d of the %s chart of %s for %s; /v1/charts/%s/%s/revisions?at=%s lists what there is"
            .formatted(
                revision.number(),
                granularity.wireName(),
                region.code(),
                at,
                region.code(),
                granularity.wireName(),
                at));
  }

  static ErrorResponseException noChart(
      Timeline timeline, Region region, Granularity granularity, @Nullable Instant at) {
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
