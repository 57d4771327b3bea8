package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long NOON = 1_795_000_000_000L;

  private final Latency latency = new Latency();

  @Test
  void playThatWaited_countsFromWhenItWasDue() {
    latency.record(NOON, NOON + 900, NOON + 1_000);
    assertThat(latency).hasToString(all(1_000));
  }

  @Test
  void playWithoutATime_andPlaySentBeforeIt_countFromTheRequest() {
    latency.record(Latency.WHENEVER, NOON, NOON + 7);
    latency.record(NOON + 3_600_000, NOON, NOON + 7);
    assertThat(latency).hasToString(all(7));
  }

  @Test
  void percentiles_areThoseOfAllPlays_howeverOftenSomebodyAsks() {
    for (int ms = 1; ms <= 1_000; ms++) {
      latency.record(NOON, NOON, NOON + ms);
      if (ms == 500) {
        assertThat(latency.sinceLast()).contains("plays/s, p50 250 ms").contains("max 500 ms");
      }
    }
    assertThat(latency.sinceLast()).contains("p50 750 ms");
    assertThat(latency)
        .hasToString("p50 500 ms, p90 900 ms, p99 990 ms, p99.9 999 ms, max 1,000 ms");
  }

  @Test
  void nothingAnswered_isSaid() {
    assertThat(latency).hasToString("nothing answered");
  }

  private static String all(int ms) {
    return "p50 %1$,d ms, p90 %1$,d ms, p99 %1$,d ms, p99.9 %1$,d ms, max %1$,d ms".formatted(ms);
  }
}
