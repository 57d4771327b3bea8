package topsongs.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import topsongs.contract.InvalidPlay;

class Rfc3339Test {
  @ParameterizedTest
  @CsvSource({
    "2026-11-22T13:59:00Z, 2026-11-22T13:59:00Z",
    "2026-11-22t13:59:00z, 2026-11-22T13:59:00Z",
    "2026-11-22T13:59:00.5Z, 2026-11-22T13:59:00.500Z",
    "2026-11-22T13:59:00.123456789Z, 2026-11-22T13:59:00.123456789Z",
    "2026-11-22T14:59:00+01:00, 2026-11-22T13:59:00Z",
    "2026-11-22T08:29:00-05:30, 2026-11-22T13:59:00Z",
    "2028-02-29T00:00:00Z, 2028-02-29T00:00:00Z",
  })
  void instantsOfTheRfc_areRead(String text, Instant instant) {
    assertThat(Rfc3339.parse("played_at", text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "1763819940",
        "2026-11-22",
        "2026-11-22 13:59:00Z",
        "2026-11-22T13:59:00.Z",
        "2026-11-22T13:59:00,5Z",
        "2026-11-22T13:59:00+01",
        "2026-11-22T13:59:00+0100",
        "2026-11-22T24:00:00Z",
        "2026-11-22T13:60:00Z",
        "2026-02-29T00:00:00Z",
        "+12026-11-22T13:59:00Z",
        "2026-11-22T13:59:00Z ",
        "2026-11-22T13:59:00.1234567891Z",
      })
  void anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Rfc3339.parse("played_at", text))
        .isInstanceOf(InvalidPlay.class)
        .hasMessageContaining("played_at must be an RFC 3339 instant")
        .hasMessageEndingWith("got '%s'", text);
  }

  @Test
  void withoutSeconds_isToldToAddThem() {
    assertThatThrownBy(() -> Rfc3339.parse("played_at", "2026-11-22T13:00Z"))
        .hasMessageContaining("must have seconds");
  }

  @Test
  void withoutOffset_isToldToAddIt() {
    assertThatThrownBy(() -> Rfc3339.parse("played_at", "2026-11-22T13:00:00"))
        .hasMessageContaining("must end in Z or an offset");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T13:59:00Z, 2026-11-22T13:59:00.000Z",
    "2026-11-22T13:59:00.100Z, 2026-11-22T13:59:00.100Z",
    "2026-01-02T03:04:05.067Z, 2026-01-02T03:04:05.067Z",
    "1999-12-31T23:59:59.999Z, 1999-12-31T23:59:59.999Z",
  })
  void writtenInstants_alwaysHaveThreeFractionDigits(Instant instant, String text) {
    assertThat(Rfc3339.format(instant)).isEqualTo(text);
  }
}
