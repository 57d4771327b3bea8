package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.Granularity;
import topsongs.serving.Parameters.Range;
import topsongs.serving.Parameters.Region;

@RestController
@Tag(name = "Health of the data")
class BalanceResource {
  private final Timeline timeline;

  BalanceResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @GetMapping(
      path = "/v1/balance",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  @Operation(
      summary = "What became of every play received",
      description =
          """
          received = counted + duplicate + too_short + over_cap + excluded; where that does not hold, the chart is \
          held. Oldest first; the newest 10,000 of them.""")
  ResponseEntity<Balances> balance(
      @RequestParam(defaultValue = "GLOBAL") Region region,
      @RequestParam(defaultValue = "hour") Granularity granularity,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to) {
    var rows = timeline.balances(region, granularity, Range.of(from, to));
    return ResponseEntity.ok()
        .cacheControl(ChartResource.MOVING)
        .varyBy("Accept")
        .body(new Balances(rows));
  }

  record Balances(List<Row> rows) implements Csv.Table {
    @Override
    public Class<Row> lineType() {
      return Row.class;
    }

    @Override
    public List<Row> lines() {
      return rows;
    }
  }

  record Row(
      Instant periodStart,
      String region,
      String granularity,
      String status,
      long received,
      long counted,
      long duplicate,
      long tooShort,
      long overCap,
      @Schema(description = "Flagged, where the chart's rules_version excludes those")
          long excluded,
      @Schema(description = "Refused by the stream, by arrival; known for GLOBAL only")
          @Nullable Long rejected,
      @Schema(description = "Counted plays of songs that the catalogue does not know")
          long unknownSong) {}
}
