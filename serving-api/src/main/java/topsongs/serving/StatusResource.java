package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Health of the data")
class StatusResource {
  private final Timeline timeline;

  StatusResource(Timeline timeline) {
    this.timeline = timeline;
  }

  @GetMapping(path = "/v1/status", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "How fresh every stage is",
      description = "A stage that has never run is missing. lag_seconds is now less passed_until.")
  ResponseEntity<Status> status() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(timeline.status());
  }

  record Status(Instant now, List<Stage> stages) {}

  record Stage(
      String stage,
      @Schema(description = "Every play before it is in what the stage makes") Instant passedUntil,
      Instant updatedAt,
      long lagSeconds) {}
}
