package topsongs.serving;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.serving.ChartResource.Chart;
import topsongs.serving.Parameters.Limit;
import topsongs.serving.Parameters.Region;
import topsongs.serving.evidence.ChartKey;

/** The chart that a question is about, or 404 with the nearest that there is. */
@Component
class AskedChart {
  private final Charts charts;
  private final Timeline timeline;

  AskedChart(Charts charts, Timeline timeline) {
    this.charts = charts;
    this.timeline = timeline;
  }

  Chart get(Region region, Granularity granularity, @Nullable Instant at, Limit limit) {
    return charts
        .find(region, granularity, at, limit)
        .orElseThrow(() -> ChartResource.noChart(timeline, region, granularity, at));
  }

  static ChartKey key(Chart chart) {
    var granularity = Granularity.of(chart.granularity());
    return new ChartKey(chart.region(), new Period(granularity, chart.periodStart()));
  }
}
