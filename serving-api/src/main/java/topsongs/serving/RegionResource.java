package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.text.Collator;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.Regions;

@RestController
@Tag(name = "Charts")
class RegionResource {
  /** GLOBAL first, then as an English reader expects: Åland before Canada. */
  private static final Comparator<ChartedRegion> BY_NAME =
      Comparator.comparing((ChartedRegion region) -> !region.region().equals(Regions.GLOBAL))
          .thenComparing(ChartedRegion::name, Collator.getInstance(Locale.ENGLISH));

  private final Timeline timeline;

  RegionResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @GetMapping(path = "/v1/regions", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "The regions that have charts",
      description = "GLOBAL first, then by name, each with its newest periods, settled or not.")
  ResponseEntity<ChartedRegions> regions() {
    var regions = timeline.regions().stream().sorted(BY_NAME).toList();
    return ResponseEntity.ok().cacheControl(ChartResource.MOVING).body(new ChartedRegions(regions));
  }

  record ChartedRegions(List<ChartedRegion> regions) {}

  record ChartedRegion(
      String region, String name, @Nullable Instant latestHour, @Nullable Instant latestDay) {}
}
