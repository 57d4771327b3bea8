package topsongs.serving.live;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A chart that is not what it was.
 *
 * @param status null like the revision where the chart is gone
 */
public record ChangedChart(
    String region,
    String granularity,
    Instant periodStart,
    @Nullable String status,
    @Nullable Integer revision) {}
