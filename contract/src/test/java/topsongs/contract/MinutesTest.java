package topsongs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinutesTest {
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

  @Test
  void ofOneMinute_areSummed_andOneInWhichNothingPassedIsNotNamed() {
    var minutes = new Minutes();
    minutes.add(NINE, 2);
    minutes.add(NINE.plusSeconds(59), 3);
    minutes.add(NINE.plusSeconds(60), 0);
    minutes.add(NINE.plusSeconds(120), 7);
    assertThat(minutes.toMap()).containsExactly(entry(NINE, 5L), entry(NINE.plusSeconds(120), 7L));
  }

  @Test
  void olderThanAnHour_areForgotten() {
    var minutes = new Minutes();
    for (int i = 0; i < 200; i++) {
      minutes.add(NINE.plus(Duration.ofMinutes(i)), i + 1L);
    }
    assertThat(minutes.toMap()).hasSize(Minutes.KEPT + 1);
    assertThat(minutes.toMap().lastKey()).isEqualTo(NINE.plus(Duration.ofMinutes(199)));
  }

  @Test
  void earlierOnes_areGoneOnFrom() {
    var minutes = new Minutes();
    minutes.add(NINE, 2);
    var later = Minutes.of(minutes.toMap());
    later.add(NINE, 1);
    assertThat(later.toMap()).containsExactly(entry(NINE, 3L));
  }

  @Test
  void manyThreads_loseNothing() {
    var minutes = new Minutes();
    IntStream.range(0, 120_000).parallel().forEach(i -> minutes.add(NINE.plusSeconds(i % 600), 1));
    assertThat(minutes.toMap().values()).hasSize(10).allMatch(sum -> sum == 12_000);
  }
}
