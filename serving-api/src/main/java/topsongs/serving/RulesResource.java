package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.CountingRules;
import topsongs.contract.FlagKind;

@RestController
@Tag(name = "Evidence")
class RulesResource {
  /** A published version never changes; a new one comes with a new serving-api. */
  private static final CacheControl PUBLISHED =
      CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic();

  @GetMapping(path = "/v1/rules", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "The versions of the counting rules",
      description = "Oldest first. Each chart names the version that it was made by.")
  ResponseEntity<Rules> rules() {
    var versions =
        CountingRules.VERSIONS.stream().map(CountingRules::load).map(RulesVersion::of).toList();
    return ResponseEntity.ok()
        .cacheControl(PUBLISHED)
        .body(new Rules(CountingRules.CURRENT, versions));
  }

  record Rules(
      @Schema(description = "Charts are made by it unless a job is told otherwise") String current,
      List<RulesVersion> versions) {}

  record RulesVersion(
      String version,
      int minMsPlayed,
      int maxPlaysPerHour,
      int maxPlaysPerDay,
      @Schema(description = "Kinds of flags; plays of listeners who have one do not count")
          List<String> excludeFlagged) {
    static RulesVersion of(CountingRules rules) {
      return new RulesVersion(
          rules.version(),
          rules.minMsPlayed(),
          rules.maxPlaysPerHour(),
          rules.maxPlaysPerDay(),
          rules.excludeFlagged().stream().map(FlagKind::wireName).toList());
    }
  }
}
