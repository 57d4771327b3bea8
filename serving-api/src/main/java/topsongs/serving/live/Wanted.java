package topsongs.serving.live;

import org.jspecify.annotations.Nullable;

/**
 * Which charts somebody wants to hear of.
 *
 * @param region null: all
 * @param granularity null: both
 */
public record Wanted(@Nullable String region, @Nullable String granularity) {
  boolean includes(ChangedChart chart) {
    return (region == null || region.equals(chart.region()))
        && (granularity == null || granularity.equals(chart.granularity()));
  }
}
