package topsongs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CountingRulesTest {
  @Test
  void currentRules_areThoseOfTheDataContract() {
    var rules = CountingRules.load(CountingRules.CURRENT);
    assertThat(rules).isEqualTo(new CountingRules("1", 30_000, 10, 50));
    assertThat(rules.cap(Granularity.HOUR)).isEqualTo(10);
    assertThat(rules.cap(Granularity.DAY)).isEqualTo(50);
  }

  @Test
  void unknownVersion_isNamed() {
    assertThatThrownBy(() -> CountingRules.load("9")).hasMessageContaining("no version '9'");
  }

  @Test
  void regions_areTheCountriesAndGlobalIsNone() {
    assertThat(Regions.CODES)
        .contains("CA", "UY", "TW")
        .doesNotContain("GLOBAL")
        .hasSizeGreaterThan(240);
    assertThat(Regions.name("CA")).isEqualTo("Canada");
    assertThat(Regions.name(Regions.GLOBAL)).isEqualTo("Global");
  }
}
