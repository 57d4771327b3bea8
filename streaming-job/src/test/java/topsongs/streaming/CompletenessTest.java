package topsongs.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletenessTest {
  private static final Instant AT_13_00 = Instant.parse("2026-11-22T13:00:00Z");
  private static final Instant AT_13_01 = Instant.parse("2026-11-22T13:01:00Z");
  private static final Instant AT_13_02 = Instant.parse("2026-11-22T13:02:00Z");

  private final Completeness completeness = new Completeness();

  @Test
  void beforeAnyLook_nothingIsKnown() {
    assertThat(completeness.committed(Map.of(0, 10L))).isEmpty();
  }

  @Test
  void everythingSeenIsCommitted_completeUntilTheLook() {
    completeness.looked(AT_13_00, Map.of(0, 10L, 1, 20L));
    assertThat(completeness.committed(Map.of(0, 10L, 1, 20L))).contains(AT_13_00);
  }

  @Test
  void emptyTopic_isCompleteAtOnce() {
    completeness.looked(AT_13_00, Map.of(0, 0L, 1, 0L));
    assertThat(completeness.committed(Map.of(0, 0L, 1, 0L))).contains(AT_13_00);
  }

  @Test
  void onePartitionBehind_isNotComplete() {
    completeness.looked(AT_13_00, Map.of(0, 10L, 1, 20L));
    assertThat(completeness.committed(Map.of(0, 10L, 1, 19L))).isEmpty();
  }

  @Test
  void backlog_completesLookByLook() {
    completeness.looked(AT_13_00, Map.of(0, 100L));
    assertThat(completeness.committed(Map.of(0, 50L))).isEmpty();
    completeness.looked(AT_13_01, Map.of(0, 150L));
    assertThat(completeness.committed(Map.of(0, 100L))).contains(AT_13_00);
    completeness.looked(AT_13_02, Map.of(0, 150L));
    assertThat(completeness.committed(Map.of(0, 149L))).isEmpty();
    assertThat(completeness.committed(Map.of(0, 150L))).contains(AT_13_02);
  }

  @Test
  void sameLook_isToldOnce() {
    completeness.looked(AT_13_00, Map.of(0, 10L));
    assertThat(completeness.committed(Map.of(0, 10L))).contains(AT_13_00);
    assertThat(completeness.committed(Map.of(0, 11L))).isEmpty();
  }

  @Test
  void newPartition_countsFromTheLookThatSawIt() {
    completeness.looked(AT_13_00, Map.of(0, 10L));
    completeness.looked(AT_13_01, Map.of(0, 10L, 1, 5L));
    assertThat(completeness.committed(Map.of(0, 10L))).contains(AT_13_00);
    assertThat(completeness.committed(Map.of(0, 10L, 1, 5L))).contains(AT_13_01);
  }

  @Test
  void newPartitionThatIsEmpty_mustStillBeSeenByACommit() {
    completeness.looked(AT_13_00, Map.of(0, 10L, 1, 0L));
    assertThat(completeness.committed(Map.of(0, 10L))).isEmpty();
  }

  @Test
  void moreLooksThanAreKept_onlyMakeTheAnswerCoarser() {
    for (int i = 0; i < 5_000; i++) {
      completeness.looked(AT_13_00.plusSeconds(i), Map.of(0, (long) i));
    }
    var known = completeness.committed(Map.of(0, 10_000L)).orElseThrow();
    assertThat(known).isAfterOrEqualTo(AT_13_00).isBefore(AT_13_00.plusSeconds(5_000));
    completeness.looked(AT_13_00.plusSeconds(6_000), Map.of(0, 10_000L));
    assertThat(completeness.committed(Map.of(0, 10_000L))).contains(AT_13_00.plusSeconds(6_000));
  }
}
