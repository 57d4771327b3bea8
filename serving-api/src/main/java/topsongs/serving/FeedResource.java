package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.Granularity;
import topsongs.serving.Feeds.Settled;
import topsongs.serving.Parameters.Region;

@RestController
@Tag(name = "Charts")
class FeedResource {
  static final String TYPE = "application/feed+json";

  private final Feeds feeds;
  private final String dashboard;

  FeedResource(Feeds feeds, @Value("${top-songs.dashboard-url}") String dashboard) {
    this.feeds = feeds;
    this.dashboard = dashboard.replaceFirst("/+$", "");
  }

  @GetMapping(
      path = "/v1/feed.json",
      produces = {TYPE, MediaType.APPLICATION_JSON_VALUE})
  @Operation(
      summary = "The newest charts and revisions of a region, for feed readers",
      description =
          """
          JSON Feed 1.1. An item for each chart that was settled and for each revision of a settled one, newest first, \
          at most 50, of the last 31 days' periods. Each links to its page of the dashboard.""")
  ResponseEntity<Feed> feed(
      @RequestParam(defaultValue = "GLOBAL") Region region,
      @RequestParam(defaultValue = "hour") Granularity granularity) {
    var items =
        feeds.settled(region, granularity).stream()
            .map(settled -> item(region, granularity, settled))
            .toList();
    return ResponseEntity.ok()
        .cacheControl(ChartResource.MOVING)
        .varyBy("Accept")
        .body(
            new Feed(
                "https://jsonfeed.org/version/1.1",
                "Top Songs: %s, %s by %s"
                    .formatted(region.name(), granularity.wireName(), granularity.wireName()),
                "%s/?region=%s&granularity=%s"
                    .formatted(dashboard, region.code(), granularity.wireName()),
                "en",
                items));
  }

  private Item item(Region region, Granularity granularity, Settled settled) {
    var at = settled.periodStart();
    return new Item(
        "%s/%s/%s/%d".formatted(region.code(), granularity.wireName(), at, settled.revision()),
        "%s/?region=%s&granularity=%s&at=%s&revision=%d"
            .formatted(dashboard, region.code(), granularity.wireName(), at, settled.revision()),
        "%s, %s%s"
            .formatted(
                region.name(),
                settled.period(granularity),
                settled.change() == null ? "" : ", revised"),
        settled.words(),
        settled.computedAt(),
        List.of(settled.status()));
  }

  record Feed(
      String version,
      String title,
      String homePageUrl,
      String language,
      @Schema(description = "Newest first") List<Item> items) {}

  record Item(
      String id,
      String url,
      String title,
      @Schema(description = "The number one, and what the revision changed") String contentText,
      Instant datePublished,
      @Schema(description = "final or held") List<String> tags) {}
}
