package topsongs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeriodTest {
  private static final Instant ONE_O_CLOCK = Instant.parse("2026-11-22T13:00:00Z");

  @Test
  void endOfAnHour_belongsToTheNext() {
    var hour = Period.of(Granularity.HOUR, ONE_O_CLOCK);
    assertThat(Period.of(Granularity.HOUR, hour.end())).isEqualTo(hour.next());
    assertThat(Period.of(Granularity.HOUR, hour.end().minusMillis(1))).isEqualTo(hour);
    assertThat(hour.next().previous()).isEqualTo(hour);
  }

  @Test
  void range_touchesThePeriodsItHasAnyPartIn() {
    assertThat(
            Period.touching(
                Granularity.HOUR, ONE_O_CLOCK.plusSeconds(1), ONE_O_CLOCK.plusSeconds(7_200)))
        .extracting(Period::partition)
        .containsExactly("2026-11-22T13", "2026-11-22T14");
    assertThat(Period.touching(Granularity.DAY, ONE_O_CLOCK, ONE_O_CLOCK.plusSeconds(1)))
        .extracting(Period::partition)
        .containsExactly("2026-11-22T00");
  }

  @Test
  void startThatIsNotAligned_isRefused() {
    assertThatThrownBy(() -> new Period(Granularity.DAY, ONE_O_CLOCK))
        .hasMessage(
            "Cannot make a period: start must be aligned to the day, got 2026-11-22T13:00:00Z");
  }

  @Test
  void granularity_isSpelledAsOnTheWire() {
    assertThat(Granularity.of("hour")).isEqualTo(Granularity.HOUR);
    assertThatThrownBy(() -> Granularity.of("week"))
        .hasMessageContaining("hour or day, got 'week'");
  }
}
