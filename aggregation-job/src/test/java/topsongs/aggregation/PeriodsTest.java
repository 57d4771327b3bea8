package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import topsongs.contract.Granularity;

class PeriodsTest {
  private static final Instant SETTLED = Instant.parse("2026-11-22T14:00:00Z");

  @Test
  void aDay_isReadFromItsTwentyFourHours() {
    var day = periods(Granularity.DAY, "2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z");

    assertThat(day.hourFolders("enriched"))
        .hasSize(24)
        .startsWith("enriched/event_date=2026-11-22/event_hour=0")
        .endsWith("enriched/event_date=2026-11-22/event_hour=23");
  }

  @Test
  void hoursAcrossMidnight_areOfTwoDays() {
    var hours = periods(Granularity.HOUR, "2026-11-22T23:00:00Z", "2026-11-23T02:00:00Z");

    assertThat(hours.days())
        .containsExactly(LocalDate.of(2026, 11, 22), LocalDate.of(2026, 11, 23));
    assertThat(hours).hasToString("hour 2026-11-22T23 to 2026-11-23T02");
  }

  @Test
  void periodsTakenOut_areGone() {
    var hours = periods(Granularity.HOUR, "2026-11-22T13:00:00Z", "2026-11-22T15:00:00Z");

    assertThat(hours.without(List.of(hours.first())))
        .hasToString("hour 2026-11-22T14 to 2026-11-22T15");
  }

  @Test
  void hoursOfADay_areOfThatWholeDay() {
    assertThat(periods(Granularity.DAY, "2026-11-22T13:00:00Z", "2026-11-22T15:00:00Z"))
        .hasToString("day 2026-11-22T00 to 2026-11-23T00");
  }

  @Test
  void hoursThatAreSettled_areFinalAndTheRunningOneIsNot() {
    var hours = periods(Granularity.HOUR, "2026-11-22T12:00:00Z", "2026-11-22T15:00:00Z");

    assertThat(hours.all().stream().map(hours::status))
        .containsExactly(Status.FINAL, Status.FINAL, Status.PROVISIONAL);
    assertThat(hours.passedUntil()).contains(SETTLED);
    assertThat(hours.provisional()).hasToString("hour 2026-11-22T14 to 2026-11-22T15");
  }

  @Test
  void dayThatIsNotOver_isProvisional() {
    var days = periods(Granularity.DAY, "2026-11-21T23:00:00Z", "2026-11-22T14:00:00Z");

    assertThat(days.all().stream().map(days::status))
        .containsExactly(Status.FINAL, Status.PROVISIONAL);
    assertThat(days.passedUntil()).contains(Instant.parse("2026-11-22T00:00:00Z"));
  }

  @Test
  void rangeAfterWhatIsSettled_hasPassedNothing() {
    assertThat(
            periods(Granularity.HOUR, "2026-11-22T14:00:00Z", "2026-11-22T15:00:00Z").passedUntil())
        .isEmpty();
  }

  @Test
  void partOfAnHour_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> periods(Granularity.DAY, "2026-11-22T13:30:00Z", "2026-11-23T00:00:00Z"))
        .withMessage("Cannot take range: --from must be a full UTC hour, got 2026-11-22T13:30:00Z");
  }

  @Test
  void emptyRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> periods(Granularity.DAY, "2026-11-23T00:00:00Z", "2026-11-22T00:00:00Z"))
        .withMessageContaining("--from must be before --to");
  }

  private static Periods periods(Granularity granularity, String from, String to) {
    return Periods.touching(granularity, Instant.parse(from), Instant.parse(to), SETTLED);
  }
}
