package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.serving.ChartResource.Chart;
import topsongs.serving.ChartResource.Entry;
import topsongs.serving.ChartResource.ShortSong;
import topsongs.serving.Parameters.Limit;
import topsongs.serving.Parameters.PlayLimit;
import topsongs.serving.Parameters.Region;
import topsongs.serving.Parameters.SongId;
import topsongs.serving.SongResource.Song;
import topsongs.serving.evidence.Evidence;
import topsongs.serving.evidence.Evidence.Account;
import topsongs.serving.evidence.Evidence.File;
import topsongs.serving.evidence.Evidence.Neighbour;
import topsongs.serving.evidence.Evidence.SongCount;
import topsongs.serving.evidence.Evidence.TracedPlay;

@RestController
@RequestMapping("/v1/charts/{region}/{granularity}/songs/{song_id}")
@Tag(name = "Evidence")
class TraceResource {
  private static final Limit ALL = new Limit(100);
  private static final int SHOWN_FILES = 1_000;

  private final AskedChart charts;
  private final Songs songs;
  private final Evidence evidence;

  TraceResource(AskedChart charts, Songs songs, Evidence evidence) {
    this.charts = charts;
    this.songs = songs;
    this.evidence = evidence;
  }

  @GetMapping(path = "/trace", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Why a song stands where it does in a chart",
      description =
          """
          Its plays are counted from the lake again when it is asked: `agrees` says whether that gives the chart's own \
          entry. received = plays + duplicate + too_short + over_cap + excluded.""")
  ResponseEntity<Trace> trace(
      @PathVariable Region region,
      @PathVariable Granularity granularity,
      @PathVariable("song_id") SongId songId,
      @RequestParam(required = false) @Nullable Instant at) {
    var chart = charts.get(region, granularity, at, ALL);
    var account = evidence.account(AskedChart.key(chart), rules(chart), songId.id());
    var entry =
        chart.entries().stream().filter(e -> e.song().songId().equals(songId.id())).findFirst();
    if (account.song().isEmpty() && entry.isEmpty()) {
      throw noPlays(songId, chart);
    }
    return ResponseEntity.ok()
        .cacheControl(ChartResource.MOVING)
        .body(trace(chart, songs.named(songId.id()), entry, account));
  }

  private Trace trace(Chart chart, Song song, Optional<Entry> entry, Account account) {
    var count = account.song().orElse(SongCount.NONE);
    var files = account.files();
    return new Trace(
        chart.region(),
        chart.regionName(),
        chart.granularity(),
        chart.periodStart(),
        chart.periodEnd(),
        chart.status(),
        chart.revision(),
        chart.rulesVersion(),
        chart.run(),
        chart.computedAt(),
        song,
        entry.map(Entry::position).orElse(null),
        entry.map(Entry::rank).orElse(null),
        entry.map(Entry::tied).orElse(false),
        count.standing().plays(),
        count.standing().listeners(),
        count.received(),
        count.duplicate(),
        count.tooShort(),
        count.overCap(),
        count.excluded(),
        beside(count.above()),
        beside(count.below()),
        count.firstPlay(),
        count.lastPlay(),
        files.files().stream().limit(SHOWN_FILES).toList(),
        files.files().size(),
        files.bytes(),
        files.checksum(),
        agrees(entry, count));
  }

  private @Nullable Beside beside(@Nullable Neighbour neighbour) {
    return neighbour == null
        ? null
        : new Beside(
            Songs.inShort(songs.named(neighbour.songId())), neighbour.plays(), neighbour.margin());
  }

  /** A song that is not on the chart must be beyond its hundred, or have no counted play. */
  private static boolean agrees(Optional<Entry> entry, SongCount count) {
    var counted = count.standing();
    return entry
        .map(
            e ->
                e.position() == counted.position()
                    && e.rank() == counted.rank()
                    && e.tied() == counted.tied()
                    && e.plays() == counted.plays()
                    && e.listeners() == counted.listeners())
        .orElse(counted.plays() == 0 || counted.position() > ALL.entries());
  }

  record Trace(
      String region,
      String regionName,
      @Schema(allowableValues = {"hour", "day"}) String granularity,
      Instant periodStart,
      Instant periodEnd,
      @Schema(allowableValues = {"provisional", "final", "held"}) String status,
      int revision,
      String rulesVersion,
      @Schema(description = "The run that made this revision, where it is known")
          @Nullable String run,
      Instant computedAt,
      Song song,
      @Schema(description = "As charted; null for a song that is not among the best 100")
          @Nullable Integer position,
      @Nullable Integer rank,
      boolean tied,
      @Schema(description = "Like all below counted from the lake now") long plays,
      long listeners,
      long received,
      long duplicate,
      long tooShort,
      long overCap,
      long excluded,
      @Schema(description = "The song one position better, and how many plays it is ahead")
          @Nullable Beside above,
      @Nullable Beside below,
      @Schema(description = "The first of the plays that count") @Nullable Instant firstPlay,
      @Nullable Instant lastPlay,
      @Schema(description = "Those of the period, of which the chart is made: the first 1,000")
          List<File> files,
      int fileCount,
      @Schema(description = "Of all files") long bytes,
      @Schema(description = "SHA-256 of the names of all files, as the lake records it")
          String checksum,
      @Schema(description = "false: other plays have come, and the chart is about to be revised")
          boolean agrees) {}

  record Beside(ShortSong song, long plays, long margin) {}

  @GetMapping(
      path = "/plays",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  @Operation(
      summary = "The plays of a song in a chart, and what became of each",
      description =
          """
          By played_at, those that do not count included. Who listened is not told. Of a listener's plays over the cap \
          the first are called counted. A play of it is followed further by /v1/plays/{event_id}.""")
  ResponseEntity<SongPlays> songPlays(
      @PathVariable Region region,
      @PathVariable Granularity granularity,
      @PathVariable("song_id") SongId songId,
      @RequestParam(required = false) @Nullable Instant at,
      @Parameter(description = "How many plays, 1 to 1,000.") @RequestParam(defaultValue = "100")
          PlayLimit limit) {
    var chart = charts.get(region, granularity, at, new Limit(1));
    var plays = evidence.plays(AskedChart.key(chart), rules(chart), songId.id(), limit.plays());
    if (plays.isEmpty()) {
      throw noPlays(songId, chart);
    }
    return ResponseEntity.ok()
        .cacheControl(ChartResource.MOVING)
        .varyBy("Accept")
        .body(new SongPlays(plays));
  }

  record SongPlays(List<TracedPlay> plays) implements Csv.Table {
    @Override
    public Class<TracedPlay> lineType() {
      return TracedPlay.class;
    }

    @Override
    public List<TracedPlay> lines() {
      return plays;
    }
  }

  private static CountingRules rules(Chart chart) {
    return CountingRules.load(chart.rulesVersion());
  }

  private static ErrorResponseException noPlays(SongId songId, Chart chart) {
    return Problems.notFound(
        "There is no play of %s in the %s chart of %s for %s"
            .formatted(songId.id(), chart.granularity(), chart.region(), chart.periodStart()));
  }
}
