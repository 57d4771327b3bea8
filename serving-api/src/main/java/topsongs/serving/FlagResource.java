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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import topsongs.serving.Parameters.Kind;
import topsongs.serving.Parameters.Range;
import topsongs.serving.Parameters.Region;
import topsongs.serving.SongResource.Song;

@RestController
@Tag(name = "Health of the data")
class FlagResource {
  private final Flags flags;

  FlagResource(Flags flags) {
    this.flags = flags;
  }

  @GetMapping(path = "/v1/flags", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Listening that looks like no person's",
      description =
          """
          Per hour: over_cap, one listener played a song more often than counts; impossible, one listener heard more \
          than an hour within the hour; loop, several of one region played a song again and again, and little else. \
          A flag changes no count unless the chart's rules_version says so. Newest first, at most 1,000.""")
  ResponseEntity<FlagList> flags(
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @Parameter(description = "Only flags of what was heard there alone; GLOBAL: of everywhere.")
          @RequestParam(required = false)
          @Nullable Region region,
      @RequestParam(required = false) @Nullable Kind kind) {
    var found = flags.find(Range.of(from, to), region, kind);
    return ResponseEntity.ok().cacheControl(ChartResource.MOVING).body(new FlagList(found));
  }

  record FlagList(List<Flag> flags) {}

  record Flag(
      Instant hour,
      @Schema(allowableValues = {"over_cap", "impossible", "loop"}) String kind,
      @Schema(description = "Null where the listener was heard in more than one")
          @Nullable String region,
      @Schema(description = "The first 12 hex digits of SHA-256 of the user_id; null for a loop")
          @Nullable String listener,
      @Schema(description = "Null where the flag is about all that the listener heard")
          @Nullable Song song,
      @Schema(description = "Of the song, or all of the hour where there is none") long plays,
      long listeners,
      @Schema(description = "Heard within the hour, for the impossible") @Nullable Long minutes,
      String words) {}
}
