package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  @Test
  void fullPlan_hasThirtyFaultsEvenWhereNoDiskCanBeFilled() {
    var plan = FaultPlan.of(FaultPlan.kinds(), 1);
    assertThat(plan).doesNotHaveDuplicates();
    assertThat(plan.stream().filter(fault -> !fault.fillsTheDisk()))
        .hasSizeGreaterThanOrEqualTo(30);
  }

  @Test
  void fullPlan_strikesEveryPart_aloneAndBesideAnother() {
    var plan = FaultPlan.of(FaultPlan.kinds(), 1);
    for (var part : List.of(Part.STREAM, Part.BROKER, Part.DATABASE, Part.STORE, Part.INGESTION)) {
      assertThat(plan).contains(Fault.kill(part), Fault.pause(part));
      assertThat(plan)
          .anyMatch(
              fault -> fault.strikes().size() == 2 && fault.toString().contains(part.title()));
    }
    assertThat(plan)
        .contains(Fault.kill(Part.ENRICHMENT), Fault.kill(Part.AGGREGATION), Fault.fill());
  }

  @Test
  void shortPlan_killsJobStreamBrokerAndDatabase_andFillsTheDisk() {
    assertThat(FaultPlan.of(8, 7))
        .contains(
            Fault.kill(Part.STREAM),
            Fault.kill(Part.BROKER),
            Fault.kill(Part.DATABASE),
            Fault.kill(Part.ENRICHMENT),
            Fault.fill());
  }

  @Test
  void sameSeed_isTheSameOrder_anotherIsAnother() {
    assertThat(FaultPlan.of(20, 3))
        .isEqualTo(FaultPlan.of(20, 3))
        .isNotEqualTo(FaultPlan.of(20, 4));
  }

  @Test
  void moreFaultsThanKinds_makesSomeAgain() {
    assertThat(FaultPlan.of(FaultPlan.kinds() + 5, 1)).hasSize(FaultPlan.kinds() + 5);
  }

  @Test
  void fault_saysWhatItDoes() {
    assertThat(Fault.pause(Part.STORE).and(Fault.kill(Part.STREAM)))
        .hasToString("pause object store, kill stream");
    assertThatThrownBy(() -> new Fault.Strike(Fault.Blow.KILL, Part.DISK))
        .hasMessage("Cannot kill lake's disk");
  }

  @Test
  void load_isSplitIntoRoundsThatAddUp() {
    assertThat(DrillLoad.rounds(99_600))
        .as("0.4 % more, for those refused")
        .containsExactly(100_000L);
    assertThat(DrillLoad.rounds(1_992_001)).hasSize(5);
    assertThat(DrillLoad.rounds(1_992_000).stream().mapToLong(n -> n).sum()).isEqualTo(2_000_000);
    assertThat(DrillLoad.rounds(50_000_000)).hasSize(8);
  }
}
