package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.launcher.DrillReport.Outcome;

/** Two faults a minute apart: the first over at once, the second a pause of ten seconds. */
class DrillReportTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Outcome KILLED =
      new Outcome(Fault.kill(Part.STREAM), NOON, NOON, NOON.plusMillis(9_500), "");
  private static final Outcome PAUSED =
      new Outcome(
          Fault.pause(Part.BROKER),
          NOON.plusSeconds(60),
          NOON.plusSeconds(70),
          NOON.plusSeconds(73),
          "");
  private static final String LOST =
      "0199d1c2-8d1e-7cc3-98c4-dc0c0c07398a,2026-11-20T00:00:00.000Z,2026-11-22T12:01:05.000Z,1,0,0";
  private static final String NEVER_ACKNOWLEDGED =
      "0199d1c2-8d1e-7cc3-98c4-dc0c0c07398b,2026-11-20T00:00:00.000Z,,0,0,1";

  @TempDir Path folder;

  @Test
  void everythingSurvived_isGood_andTellsEachFault() throws Exception {
    var report = report(List.of(KILLED, PAUSED));
    assertThat(report.isGood()).isTrue();
    assertThat(report.toString().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
        .containsExactly(
            "fault | struck | over | acknowledged | lost | twice | seconds",
            "1 | kill stream | 12:00:00 | 12:00:00 | 2 | 0 | 0 | 9.5",
            "2 | pause broker | 12:01:00 | 12:01:10 | 1 | 0 | 0 | 3.0",
            "all, times in UTC | 3 | 0 | 0 | 9.5");
    assertThat(report.longest()).hasMillis(9_500);
  }

  @Test
  void lostPlay_isTheFaultsThatWasLastBeforeItsAnswer() throws Exception {
    var report = report(List.of(KILLED, PAUSED), LOST);
    assertThat(report.isGood()).isFalse();
    assertThat(report.toString()).containsPattern("kill stream +12:00:00 +12:00:00 +2 +0 +0 +9.5");
    assertThat(report.toString()).containsPattern("pause broker +12:01:00 +12:01:10 +1 +1 +0 +3.0");
  }

  @Test
  void playThatNobodyAcknowledged_isCountedTooOften() throws Exception {
    var report = report(List.of(KILLED, PAUSED), NEVER_ACKNOWLEDGED);
    assertThat(report.isGood()).isFalse();
    assertThat(report.toString()).containsPattern("pause broker +12:01:00 +12:01:10 +1 +0 +1 +3.0");
  }

  @Test
  void slowOrMissingRecovery_isNotGood() throws Exception {
    var slow = new Outcome(KILLED.fault(), NOON, NOON, NOON.plusMillis(60_001), "");
    assertThat(report(List.of(slow)).isGood()).isFalse();
    assertThat(report(List.of(slow)).toString()).contains("60.0 ✗");
    var never = new Outcome(KILLED.fault(), NOON, NOON, null, "");
    assertThat(report(List.of(never)).isGood()).isFalse();
    assertThat(report(List.of(never)).toString()).contains("never ✗");
  }

  @Test
  void skippedFault_isShown_andNotCounted() throws Exception {
    var report = report(List.of(KILLED, Outcome.skipped(Fault.fill(), "nothing can be mounted")));
    assertThat(report.isGood()).isTrue();
    assertThat(report.made()).isEqualTo(1);
    assertThat(report.toString()).contains("fill lake's disk (skipped: nothing can be mounted)");
  }

  @Test
  void drillThatWasNotCompared_isNotGood_andSaysThatItDoesNotKnow() throws Exception {
    var report = new DrillReport(List.of(KILLED), List.of(), folder.resolve("none.csv"));
    assertThat(report.isGood()).isFalse();
    assertThat(report.toString())
        .containsPattern("kill stream +12:00:00 +12:00:00 +0 +[?] +[?] +9.5");
  }

  private DrillReport report(List<Outcome> outcomes, String... differences) throws Exception {
    var account =
        Files.write(
            folder.resolve("account.csv"),
            List.of(
                "a,2026-11-20T00:00:00.000Z,2026-11-22T11:59:59.999Z",
                "b,2026-11-20T00:00:00.000Z,2026-11-22T12:00:00.000Z",
                "c,2026-11-20T00:00:00.000Z,2026-11-22T12:00:09.499Z",
                "d,2026-11-20T00:00:00.000Z,2026-11-22T12:00:09.500Z",
                "e,2026-11-20T00:00:00.000Z,2026-11-22T12:01:05.000Z"));
    var file = Files.write(folder.resolve("differences.csv"), List.of(differences));
    return new DrillReport(outcomes, List.of(account), file);
  }
}
