package topsongs.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HoursTest {
  @Test
  void twoHoursAcrossMidnight_haveTwoFolders() {
    assertThat(hours("2026-11-22T23:00:00Z", "2026-11-23T01:00:00Z").folders("plays"))
        .containsExactly(
            "plays/event_date=2026-11-22/event_hour=23",
            "plays/event_date=2026-11-23/event_hour=0");
  }

  @Test
  void halfHour_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hours("2026-11-22T13:30:00Z", "2026-11-22T14:00:00Z"))
        .withMessage("Cannot take range: --from must be a full hour, got 2026-11-22T13:30:00Z");
  }

  @Test
  void emptyRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> hours("2026-11-22T14:00:00Z", "2026-11-22T14:00:00Z"))
        .withMessageContaining("--from must be before --to");
  }

  private static Hours hours(String from, String to) {
    return new Hours(Instant.parse(from), Instant.parse(to));
  }
}
