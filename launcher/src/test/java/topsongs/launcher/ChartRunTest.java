package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import topsongs.contract.Granularity;

class ChartRunTest {
  private static final Instant SETTLED = Instant.parse("2026-11-22T14:00:00Z");

  @Test
  void settledHours_areFinal_andTheOpenDayProvisional() {
    assertThat(runs("2026-11-22T13:00:00Z", "2026-11-22T14:00:00Z"))
        .containsExactly(
            run(Granularity.HOUR, "2026-11-22T13:00:00Z", "2026-11-22T14:00:00Z", "final"),
            run(Granularity.DAY, "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z", "provisional"));
  }

  @Test
  void runningHour_isProvisional() {
    assertThat(runs("2026-11-22T14:00:00Z", "2026-11-22T15:00:00Z"))
        .containsExactly(
            run(Granularity.HOUR, "2026-11-22T14:00:00Z", "2026-11-22T15:00:00Z", "provisional"),
            run(Granularity.DAY, "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z", "provisional"));
  }

  @Test
  void hoursOfAPastDay_makeThatWholeDayFinalAgain() {
    assertThat(runs("2026-11-20T05:00:00Z", "2026-11-20T08:00:00Z"))
        .containsExactly(
            run(Granularity.HOUR, "2026-11-20T05:00:00Z", "2026-11-20T08:00:00Z", "final"),
            run(Granularity.DAY, "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z", "final"));
  }

  @Test
  void rangeFromYesterdayIntoTheRunningHour_isSplitWhereItIsSettled() {
    assertThat(runs("2026-11-21T00:00:00Z", "2026-11-22T15:00:00Z"))
        .containsExactly(
            run(Granularity.HOUR, "2026-11-21T00:00:00Z", "2026-11-22T14:00:00Z", "final"),
            run(Granularity.HOUR, "2026-11-22T14:00:00Z", "2026-11-22T15:00:00Z", "provisional"),
            run(Granularity.DAY, "2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z", "final"),
            run(Granularity.DAY, "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z", "provisional"));
  }

  private static List<ChartRun> runs(String from, String to) {
    return ChartRun.of(Instant.parse(from), Instant.parse(to), SETTLED);
  }

  private static ChartRun run(Granularity granularity, String from, String to, String status) {
    return new ChartRun(granularity, Instant.parse(from), Instant.parse(to), status);
  }
}
