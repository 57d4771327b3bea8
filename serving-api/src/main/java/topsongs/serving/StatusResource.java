package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Health of the data")
class StatusResource {
  private final Pipelines pipelines;
  private final Reports reports;

  StatusResource(Pipelines pipelines, Reports reports) {
    this.pipelines = pipelines;
    this.reports = reports;
  }

  @GetMapping(path = "/v1/status", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "How fresh every stage is, and whether its pipelines run",
      description =
          """
          Stages are ingestion, stream, hour_charts and day_charts; one that has never run is missing. lag_seconds is now less passed_until. runs are the latest \
          finished one of every pipeline and those that failed in the last 24 hours, newest first, at most 50. \
          A run that failed and then succeeded when repeated is a success.""")
  ResponseEntity<Status> status() {
    var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(pipelines.status(now, reports.told()));
  }

  record Status(
      Instant now,
      @Schema(
              description =
                  "No stage is late, no pipeline's latest run failed, no record of /v1/audit is missing")
          boolean healthy,
      List<Stage> stages,
      List<Run> runs) {}

  record Stage(
      String stage,
      @Schema(
              description =
                  "Every play before it is in what the stage makes; of ingestion: when it last answered")
          Instant passedUntil,
      Instant updatedAt,
      long lagSeconds,
      @Schema(
              description =
                  """
                  When it should have passed on: 15 minutes after the next hour's end, 1 hour after the next \
                  day's; for the stream 2 minutes after passed_until, or 15 while only the last load of charts says \
                  how far it is; for ingestion 1 minute; while the first charts are loaded not before 15 minutes \
                  after the last of them was made; null where nothing is promised""")
          @Nullable Instant dueAt,
      @Schema(description = "now is after due_at") boolean late,
      @Schema(
              description =
                  """
                  What flows through it: plays accepted (ingestion), records taken into the lake (stream), plays \
                  received for settled periods of all regions (charts); null where that is not known""")
          @Nullable Flow flow) {}

  record Run(
      @Schema(description = "The name of its DAG", example = "top_songs_hourly") String pipeline,
      String runId,
      @Schema(description = "No run of this pipeline ended later") boolean latest,
      @Schema(allowableValues = {"success", "failed"}) String status,
      @Schema(description = "The range it was to make, half-open") @Nullable Instant intervalStart,
      @Nullable Instant intervalEnd,
      @Schema(description = "What failed") @Nullable String task,
      @Schema(description = "Why, in the job's words") @Nullable String message,
      @Schema(description = "Where its log is") @Nullable String url,
      @Nullable Instant startedAt,
      Instant endedAt) {}
}
