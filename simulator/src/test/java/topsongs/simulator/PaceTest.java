package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final long NOON = 1_795_000_000_000L;

  @Test
  void tenASecond_isTenASecond_howeverOftenItIsAsked() {
    var pace = new Pace(10, NOON);
    long made = 0;
    for (int ms = 33; ms <= 3_300; ms += 33) {
      made += pace.due(NOON + ms).count();
    }
    assertThat(made).isEqualTo(33);
  }

  @Test
  void lateTick_isCaughtUp_withTimesInBetween() {
    var pace = new Pace(4, NOON);
    assertThat(pace.due(NOON + 1_000)).containsExactly(NOON, NOON + 250, NOON + 500, NOON + 750);
    assertThat(pace.leftOut()).isZero();
  }

  @Test
  void timesAreThoseOfTheRate_whenEverItIsAsked() {
    var pace = new Pace(3, NOON);
    pace.due(NOON + 500);
    assertThat(pace.due(NOON + 1_001)).containsExactly(NOON + 666, NOON + 1_000);
  }

  @Test
  void closedLid_isNotCaughtUp_butCounted() {
    var pace = new Pace(100, NOON);
    assertThat(pace.due(NOON + 3_600_000)).hasSize(500).first().isEqualTo(NOON + 3_595_000);
    assertThat(pace.leftOut()).isEqualTo(359_500);
  }

  @Test
  void clockSetBack_makesNothingTwice() {
    var pace = new Pace(100, NOON);
    pace.due(NOON + 1_000);
    assertThat(pace.due(NOON + 500)).isEmpty();
    assertThat(pace.due(NOON + 1_100)).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1_000_001, Double.NaN, Double.POSITIVE_INFINITY})
  void senselessRate_isTold(double rate) {
    assertThatThrownBy(() -> Pace.requireSense(rate))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--rate must be above 0 and at most 1000000, got " + rate);
  }
}
