package topsongs.serving;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Granularity;
import topsongs.contract.Minutes;

/** How many plays passed a stage of late. */
@Schema(
    description =
        "What passed in each step of late that is over, as far as the stage goes back; a step without plays is 0")
record Flow(
    @Schema(
            description =
                "60: the last 60 minutes; 3600: the last 24 settled hours; 86400: the last 30 settled days")
        long stepSeconds,
    @Schema(description = "The start of the first step") Instant from,
    @ArraySchema(
            maxItems = Minutes.KEPT,
            arraySchema =
                @Schema(
                    description = "Oldest first; empty before the first step is over",
                    example = "[812, 790, 804]"))
        List<Long> plays,
    @Schema(description = "Of the stream: records in Kafka that are not in the lake yet")
        @Nullable Long waiting) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /**
   * @param sums by the start of the minute, those without any left out
   * @param beganAt since when they are counted
   */
  static Flow ofMinutes(
      Map<Instant, Long> sums, Instant beganAt, Instant now, @Nullable Long waiting) {
    return of(MINUTE, Minutes.KEPT, sums, beganAt, now, waiting);
  }

  /**
   * @param sums by the start of the period
   * @param beganAt the start of the first period that there ever was
   * @param end what was settled last ends then
   */
  static Flow ofPeriods(
      Granularity granularity, Map<Instant, Long> sums, Instant beganAt, Instant end) {
    int most = granularity == Granularity.HOUR ? 24 : 30;
    return of(granularity.length(), most, sums, beganAt, end, null);
  }

  private static Flow of(
      Duration step,
      int most,
      Map<Instant, Long> sums,
      Instant beganAt,
      Instant now,
      @Nullable Long waiting) {
    long seconds = step.toSeconds();
    long end = Math.floorDiv(now.getEpochSecond(), seconds);
    long first = Math.floorDiv(beganAt.getEpochSecond(), seconds);
    long from = Math.min(end, Math.max(end - most, first));
    var plays =
        LongStream.range(from, end)
            .mapToObj(n -> sums.getOrDefault(Instant.ofEpochSecond(n * seconds), 0L))
            .toList();
    return new Flow(seconds, Instant.ofEpochSecond(from * seconds), plays, waiting);
  }
}
