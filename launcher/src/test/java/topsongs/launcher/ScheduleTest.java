package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTest {
  private static final Instant THIRTEEN = Instant.parse("2026-11-22T13:00:00Z");
  private static final Instant FOURTEEN = Instant.parse("2026-11-22T14:00:00Z");
  private static final Instant FIFTEEN = Instant.parse("2026-11-22T15:00:00Z");

  @TempDir Path folder;
  private final List<String> charted = new ArrayList<>();
  private Instant now = FOURTEEN;
  private Instant completeUntil = FOURTEEN;
  private int audits;
  private int missing;

  @Test
  void hour_isChartedOnceTheStreamHasPassedItsEndAndTheGrace() throws Exception {
    var schedule = schedule(THIRTEEN);
    completeUntil = FOURTEEN.plusSeconds(59);
    schedule.chartWhatIsDue();
    assertThat(charted).containsExactly("14 to 15, settled 13");

    completeUntil = FOURTEEN.plusSeconds(60);
    schedule.chartWhatIsDue();
    schedule.chartWhatIsDue();
    assertThat(charted).containsExactly("14 to 15, settled 13", "10 to 14, settled 14");
  }

  @Test
  void runningHour_isChartedEveryFiveMinutes() throws Exception {
    var schedule = schedule(FOURTEEN);
    schedule.chartWhatIsDue();
    now = FOURTEEN.plusSeconds(299);
    schedule.chartWhatIsDue();
    assertThat(charted).hasSize(1);
    now = FOURTEEN.plusSeconds(300);
    schedule.chartWhatIsDue();
    assertThat(charted).hasSize(2);
  }

  @Test
  void lakeIsAuditedOnceAnHour_alsoWhenThatFails() throws Exception {
    var schedule = schedule(THIRTEEN);
    missing = 12;
    completeUntil = FOURTEEN.plusSeconds(60);
    schedule.chartWhatIsDue();
    schedule.chartWhatIsDue();
    assertThat(charted).containsExactly("10 to 14, settled 14", "14 to 15, settled 14");
    assertThat(audits).isEqualTo(1);

    missing = 0;
    completeUntil = FIFTEEN.plusSeconds(60);
    schedule.chartWhatIsDue();
    assertThat(audits).isEqualTo(2);
  }

  @Test
  void restartAfterAnOutage_chartsAllItsHoursInOneRun() throws Exception {
    schedule(FOURTEEN).startAt(Instant.parse("2026-11-22T05:00:00Z"));
    now = FIFTEEN.plusSeconds(120);
    completeUntil = now;
    var restarted = schedule();
    assertThat(restarted.isPlanned()).isTrue();
    restarted.chartWhatIsDue();
    assertThat(charted).containsExactly("2 to 15, settled 15", "15 to 16, settled 15");
  }

  @Test
  void chartingThatFails_isDueAgain() throws Exception {
    var failing =
        new Schedule(
            (from, to, settled) -> {
              throw new IllegalStateException("Cannot run enrichment-job");
            },
            this::audit,
            () -> FIFTEEN,
            clock(),
            folder.resolve("next-hour"));
    failing.startAt(THIRTEEN);
    assertThatThrownBy(failing::chartWhatIsDue).hasMessage("Cannot run enrichment-job");

    completeUntil = FIFTEEN;
    schedule().chartWhatIsDue();
    assertThat(charted).first().isEqualTo("10 to 14, settled 14");
  }

  private Schedule schedule(Instant next) throws Exception {
    var schedule = schedule();
    schedule.startAt(next);
    return schedule;
  }

  private Schedule schedule() {
    return new Schedule(
        (from, to, settled) ->
            charted.add("%d to %d, settled %d".formatted(hour(from), hour(to), hour(settled))),
        this::audit,
        () -> completeUntil,
        clock(),
        folder.resolve("next-hour"));
  }

  private void audit() {
    audits++;
    if (missing > 0) {
      throw new IllegalStateException("Cannot account for %d records".formatted(missing));
    }
  }

  private Clock clock() {
    return new MovedByHand();
  }

  private final class MovedByHand extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static int hour(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).getHour();
  }
}
