package topsongs.serving;

import static java.util.Objects.requireNonNull;

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
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.serving.ChartResource.Balance;
import topsongs.serving.ChartResource.Chart;
import topsongs.serving.ChartResource.ShortSong;
import topsongs.serving.ChartResource.Totals;
import topsongs.serving.Parameters.Limit;
import topsongs.serving.Parameters.Region;
import topsongs.serving.evidence.Evidence;
import topsongs.serving.evidence.Evidence.Compared;
import topsongs.serving.evidence.Evidence.Comparison;
import topsongs.serving.evidence.Evidence.Count;
import topsongs.serving.evidence.Evidence.Standing;

@RestController
@Tag(name = "Evidence")
class WhatIfResource {
  private final AskedChart charts;
  private final Songs songs;
  private final Evidence evidence;

  WhatIfResource(AskedChart charts, Songs songs, Evidence evidence) {
    this.charts = charts;
    this.songs = songs;
    this.evidence = evidence;
  }

  @GetMapping(
      path = "/v1/charts/{region}/{granularity}/what-if",
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "A chart by its own rules and by others, side by side",
      description =
          """
          Counted from the lake's plays when it is asked; no chart changes. The best songs of both, by their place \
          under the other rules, then under the chart's own.""")
  ResponseEntity<WhatIf> whatIf(
      @PathVariable Region region,
      @PathVariable Granularity granularity,
      @RequestParam(required = false) @Nullable Instant at,
      @Parameter(description = "One of /v1/rules.", example = "2") @RequestParam
          CountingRules rules,
      @RequestParam(defaultValue = "10") Limit limit) {
    var chart = charts.get(region, granularity, at, new Limit(1));
    var base = CountingRules.load(chart.rulesVersion());
    var compared = evidence.compare(AskedChart.key(chart), base, rules, limit.entries());
    return ResponseEntity.ok()
        .cacheControl(ChartResource.MOVING)
        .body(whatIf(chart, rules.version(), compared));
  }

  private WhatIf whatIf(Chart chart, String other, Comparison compared) {
    var rejected = chart.balance() == null ? null : chart.balance().rejected();
    return new WhatIf(
        chart.region(),
        chart.regionName(),
        chart.granularity(),
        chart.periodStart(),
        chart.periodEnd(),
        side(chart.rulesVersion(), compared.base(), rejected),
        side(other, compared.other(), rejected),
        entries(compared.songs()));
  }

  private List<ComparedEntry> entries(List<Compared> compared) {
    var named = songs.named(compared.stream().map(Compared::songId).toList());
    return compared.stream()
        .map(
            song ->
                new ComparedEntry(
                    Songs.inShort(requireNonNull(named.get(song.songId()))),
                    song.base(),
                    song.other()))
        .toList();
  }

  /** What the stream refused is the same by all rules. */
  private static Side side(String version, Count count, @Nullable Long rejected) {
    return new Side(
        version,
        new Totals(count.plays(), count.listeners(), count.songs()),
        new Balance(
            count.received(),
            count.plays(),
            count.duplicate(),
            count.tooShort(),
            count.overCap(),
            count.excluded(),
            rejected,
            count.unknownSong()));
  }

  record WhatIf(
      String region,
      String regionName,
      @Schema(allowableValues = {"hour", "day"}) String granularity,
      Instant periodStart,
      Instant periodEnd,
      @Schema(description = "By the rules that the chart was made by") Side base,
      @Schema(description = "By the rules that were asked for") Side other,
      List<ComparedEntry> entries) {}

  record Side(String rulesVersion, Totals totals, Balance balance) {}

  @Schema(description = "Null where the song has no counted play by these rules")
  record ComparedEntry(ShortSong song, @Nullable Standing base, @Nullable Standing other) {}
}
