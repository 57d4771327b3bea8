package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "120, 120",
    "'Fri, 20 Nov 2026 12:01:30 GMT', 90",
    "'Fri, 20 Nov 2026 11:00:00 GMT', 0"
  })
  void secondsAndDates_areRead(String value, long seconds) {
    assertThat(RetryAfter.wait(value, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "soon", "2026-11-20T12:00:00Z"})
  void nonsense_saysNothing(String value) {
    assertThat(RetryAfter.wait(value, NOW)).isEmpty();
  }
}
