package topsongs.simulator.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import topsongs.simulator.Catalogue;
import topsongs.simulator.Region;

class AssignmentTest {
  private static final Catalogue RECORDED = Catalogue.of(null);

  @Test
  void shares_addUp_andFollowTheListeners() {
    var shares = Assignment.shares(Region.all(), List.of("en", "he", "pt"), 100);
    assertThat(shares.values().stream().mapToInt(n -> n).sum()).isEqualTo(100);
    assertThat(shares.keySet()).containsExactly("en", "pt", "he");
    assertThat(shares.get("en")).isGreaterThan(70);
  }

  @Test
  void languages_takeTurns_tenSongsAtOnce() {
    var assignments = Assignment.of(1, Map.of("pt", 25), language -> 0, RECORDED);
    assertThat(assignments.stream().map(Assignment::songs)).containsExactly(10, 10, 5);
    var both = new LinkedHashMap<>(Map.of("pt", 20));
    both.put("ja", 20);
    assertThat(Assignment.of(1, both, language -> 0, RECORDED).stream().map(Assignment::language))
        .containsExactly("pt", "ja", "pt", "ja");
  }

  @Test
  void whatIsWritten_isNotAssignedAgain() {
    var assignments = Assignment.of(1, Map.of("pt", 25), language -> 13, RECORDED);
    assertThat(assignments.stream().map(Assignment::songs)).containsExactly(7, 5);
    assertThat(assignments.stream().map(Assignment::part)).containsExactly(2, 3);
    assertThat(Assignment.of(1, Map.of("pt", 25), language -> 30, RECORDED)).isEmpty();
  }

  @Test
  void parts_favourGenresOfTheirLanguage_inTurn() {
    var assignments = Assignment.of(1, Map.of("pt", 20), language -> 0, RECORDED);
    assertThat(assignments.get(0).genres()).hasSize(4).doesNotContain("enka");
    assertThat(assignments.get(1).genres())
        .doesNotContainAnyElementsOf(assignments.get(0).genres());
  }
}
