package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Health of the data")
class AuditResource {
  private final Pipelines pipelines;

  AuditResource(Pipelines pipelines) {
    this.pipelines = pipelines;
  }

  @GetMapping(path = "/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Whether every record of Kafka is in the lake",
      description =
          """
          As of the last audit: of each partition of topic plays, the records of the last 7 days that are in plays/ or \
          rejected/, and how many are in neither. Without an audit yet, audited_at is null.""")
  ResponseEntity<Audit> audit() {
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(pipelines.audit());
  }

  record Audit(
      @Nullable Instant auditedAt,
      List<Partition> partitions,
      @Schema(description = "Of all partitions") long missing) {}

  record Partition(
      int partition,
      @Schema(description = "The first that was looked for") long firstOffset,
      @Schema(description = "The first that was not: the stream is there") long nextOffset,
      long inLake,
      @Schema(description = "next_offset - first_offset - in_lake") long missing,
      @Schema(description = "Which are missing, or that the topic was made anew")
          @Nullable String note) {}
}
