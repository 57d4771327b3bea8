package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
  }

  @Test
  void closedLid_isNotCaughtUp() {
    var pace = new Pace(100, NOON);
    assertThat(pace.due(NOON + 3_600_000)).hasSize(500).first().isEqualTo(NOON + 3_595_000);
  }

  @Test
  void clockSetBack_makesNothingTwice() {
    var pace = new Pace(100, NOON);
    pace.due(NOON + 1_000);
    assertThat(pace.due(NOON + 500)).isEmpty();
    assertThat(pace.due(NOON + 1_100)).hasSize(10);
  }
}
