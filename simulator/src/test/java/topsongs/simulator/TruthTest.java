package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import topsongs.contract.CountingRules;

class TruthTest {
  private static final int CA = 0;
  private static final int JP = 1;
  private static final int ANA = 1;
  private static final int BEN = 2;
  private static final int CEM = 3;
  private static final int HALO = 0;
  private static final int EMBER = 1;
  private static final int INTERLUDE = 2;
  private static final int UNMEASURED = 3;
  private static final int WHOLE = 200_000;
  private static final String AT_13 = "2026-11-20T13:00:00Z";

  private static final List<Song> SONGS =
      List.of(
          song("s-halo", WHOLE), song("s-ember", WHOLE), song("s-inter", 20_000), song("𐐷", null));
  private static final List<Region> REGIONS = List.of(region("CA"), region("JP"));

  private final Truth truth = new Truth(SONGS, REGIONS, CountingRules.load(CountingRules.CURRENT));
  private int events;

  @Test
  void samePlayTwice_countsOnce() {
    var play = play("2026-11-20T13:59:59.999Z", ANA, HALO, CA, WHOLE);
    truth.received(play);
    truth.received(play);
    assertThat(chart("CA", "hour", AT_13).plays()).isEqualTo(1);
  }

  @Test
  void playOnTheHour_belongsToTheNext() {
    truth.received(play("2026-11-20T14:00:00Z", ANA, HALO, CA, WHOLE));
    assertThat(charts())
        .extracting(Chart::periodStart)
        .containsExactly(
            "2026-11-20T14:00:00Z", "2026-11-20T14:00:00Z",
            "2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z");
  }

  @Test
  void shortPlay_makesAnEmptyChart() {
    truth.received(play(AT_13, ANA, HALO, CA, 29_999));
    assertThat(chart("CA", "hour", AT_13))
        .isEqualTo(new Chart("CA", "hour", AT_13, 0, 0, 0, List.of()));
  }

  @Test
  void wholeSongUnderThirtySeconds_counts() {
    truth.received(play(AT_13, ANA, INTERLUDE, CA, 20_000));
    truth.received(play(AT_13, BEN, INTERLUDE, CA, 19_999));
    truth.received(play(AT_13, BEN, UNMEASURED, CA, 29_999));
    assertThat(chart("CA", "hour", AT_13).plays()).isEqualTo(1);
  }

  @Test
  void capHoldsForEachChartByItself() {
    playTimes(8, ANA, HALO, CA, 13);
    playTimes(8, ANA, HALO, JP, 13);
    assertThat(chart("CA", "hour", AT_13).plays()).isEqualTo(8);
    assertThat(chart("JP", "hour", AT_13).plays()).isEqualTo(8);
    assertThat(chart("GLOBAL", "hour", AT_13).plays()).isEqualTo(10);
    assertThat(chart("GLOBAL", "day", "2026-11-20T00:00:00Z").plays()).isEqualTo(16);
  }

  @Test
  void dayCap_looksAtTheWholeDay() {
    for (int hour = 0; hour < 5; hour++) {
      playTimes(14, ANA, HALO, CA, hour);
    }
    assertThat(chart("CA", "day", "2026-11-20T00:00:00Z").plays()).isEqualTo(50);
  }

  @Test
  void travellingListener_isOneListenerOfTheWorld() {
    truth.received(play(AT_13, ANA, HALO, CA, WHOLE));
    truth.received(play(AT_13, ANA, EMBER, JP, WHOLE));
    var world = chart("GLOBAL", "hour", AT_13);
    assertThat(world.listeners()).isEqualTo(1);
    assertThat(world.songs()).isEqualTo(2);
  }

  @Test
  void ties_shareTheRank_moreListenersFirst_thenTheId() {
    playTimes(1, ANA, HALO, CA, 13);
    playTimes(1, BEN, HALO, CA, 13);
    playTimes(2, CEM, EMBER, CA, 13);
    playTimes(2, CEM, UNMEASURED, CA, 13);
    playTimes(1, CEM, INTERLUDE, CA, 13);
    assertThat(chart("CA", "hour", AT_13).entries())
        .containsExactly(
            new Chart.Entry(1, 1, true, "s-halo", 2, 2),
            new Chart.Entry(2, 1, true, "s-ember", 2, 1),
            new Chart.Entry(3, 1, true, "𐐷", 2, 1),
            new Chart.Entry(4, 4, false, "s-inter", 1, 1));
  }

  @Test
  void idsAreOrderedByCodePoint_notByChar() {
    var songs = List.of(song("\uFF21", WHOLE), song("𐐷", WHOLE));
    var both = new Truth(songs, REGIONS, CountingRules.load(CountingRules.CURRENT));
    both.received(play(AT_13, ANA, 0, CA, WHOLE));
    both.received(play(AT_13, ANA, 1, CA, WHOLE));
    assertThat(both.charts().findFirst().orElseThrow().entries())
        .extracting(Chart.Entry::songId)
        .containsExactly("\uFF21", "𐐷");
  }

  private void playTimes(int times, int listener, int song, int region, int hour) {
    for (int i = 0; i < times; i++) {
      truth.received(
          play("2026-11-20T%02d:%02d:00Z".formatted(hour, i), listener, song, region, WHOLE));
    }
  }

  private Play play(String playedAt, int listener, int song, int region, int msPlayed) {
    return new Play(
        0, events++, Instant.parse(playedAt).toEpochMilli(), listener, song, region, msPlayed, 0);
  }

  private Chart chart(String region, String granularity, String start) {
    return charts().stream()
        .filter(chart -> chart.region().equals(region))
        .filter(chart -> chart.granularity().equals(granularity))
        .filter(chart -> chart.periodStart().equals(start))
        .findFirst()
        .orElseThrow();
  }

  private List<Chart> charts() {
    return truth.charts().toList();
  }

  private static Song song(String id, @Nullable Integer durationMs) {
    return new Song(id, "Halo", "Ines", null, null, durationMs, null, null);
  }

  private static Region region(String code) {
    return new Region(code, 1, Map.of(), Map.of(), Map.of());
  }
}
