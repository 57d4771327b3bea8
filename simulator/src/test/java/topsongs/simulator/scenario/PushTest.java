package topsongs.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushTest {
  private static final Instant SIX = Instant.parse("2026-11-20T18:00:00Z");

  @Test
  void viralSong_holdsFromTheNextFullHour_untilItsTimeIsOver() {
    long at = SIX.plusSeconds(1_200).toEpochMilli();
    var curve = Push.viral(at, Duration.ofHours(2).toMillis(), 40);
    assertThat(curve.at(hour(0), ZoneOffset.UTC)).isEqualTo(1);
    assertThat(curve.at(hour(1), ZoneOffset.UTC)).isGreaterThan(10);
    assertThat(curve.at(hour(3), ZoneOffset.UTC)).isEqualTo(1);
  }

  @Test
  void viralSongOfAnHour_isHeardInThatHour() {
    var curve = Push.viral(SIX.toEpochMilli(), Duration.ofHours(1).toMillis(), 40);
    assertThat(curve.at(hour(-1), ZoneOffset.UTC)).isEqualTo(1);
    assertThat(curve.at(hour(0), ZoneOffset.UTC)).isGreaterThan(10);
    assertThat(curve.at(hour(1), ZoneOffset.UTC)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\":\"taste\",\"genre\":\"samba\",\"factor\":2} | kind and region must be given",
        "{\"kind\":\"taste\",\"region\":\"BR\",\"factor\":2} | a taste needs a genre",
        "{\"kind\":\"taste\",\"region\":\"BR\",\"genre\":\"samba\",\"factor\":0} | factor must be above 0, got 0.0",
        "{\"kind\":\"trend\",\"region\":\"BR\",\"song_id\":\"no-such\",\"factor\":2} | song_id must be of a song",
        "{\"kind\":\"taste\" | Unexpected end-of-input",
        "null | it is empty"
      })
  void trendThatCannotBeRead_isToldWithItsLine(String line, String reason, @TempDir Path folder)
      throws Exception {
    var file = Files.writeString(folder.resolve("mine.trends.jsonl"), line + "\n");
    assertThatThrownBy(() -> TrendFile.read(file, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read trends %s: line 1: ".formatted(file))
        .hasMessageContaining(reason);
  }

  private static long hour(int later) {
    return SIX.plus(Duration.ofHours(later)).toEpochMilli();
  }
}
