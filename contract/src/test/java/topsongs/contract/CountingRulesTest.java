package topsongs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountingRulesTest {
  private static final FlagThresholds FLAGS = new FlagThresholds(10, 60, 10, 80, 5);

  @Test
  void currentRules_areThoseOfTheDataContract() {
    var rules = CountingRules.load(CountingRules.CURRENT);
    assertThat(rules).isEqualTo(new CountingRules("1", 30_000, 10, 50, List.of(), FLAGS));
    assertThat(rules.cap(Granularity.HOUR)).isEqualTo(10);
    assertThat(rules.cap(Granularity.DAY)).isEqualTo(50);
  }

  @Test
  void version3_isVersion1WithoutWhatIsFlaggedAsImpossibleOrLoop() {
    assertThat(CountingRules.load("3"))
        .isEqualTo(
            new CountingRules(
                "3", 30_000, 10, 50, List.of(FlagKind.IMPOSSIBLE, FlagKind.LOOP), FLAGS));
  }

  @Test
  void version2_isVersion1_withFiveTimesTheCap() {
    assertThat(CountingRules.load("2"))
        .isEqualTo(
            new CountingRules(
                "2", 30_000, 50, 250, List.of(), new FlagThresholds(50, 60, 10, 80, 5)));
  }

  @Test
  void kindOfFlagThatThereIsNot_isNamed() {
    assertThat(FlagKind.of("over_cap")).isEqualTo(FlagKind.OVER_CAP);
    assertThatThrownBy(() -> FlagKind.of("OVER_CAP"))
        .hasMessage(
            "Cannot read kind of flag: must be over_cap, impossible or loop, got 'OVER_CAP'");
  }

  /** What is published beside the class is what is listed, and the other way round. */
  @Test
  void everyVersion_isListed_andLoads() throws Exception {
    var folder = Path.of(CountingRules.class.getResource("/counting-rules").toURI());
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".properties", "")))
          .containsExactlyInAnyOrderElementsOf(CountingRules.VERSIONS);
    }
    assertThat(CountingRules.VERSIONS.stream().map(CountingRules::load))
        .extracting(CountingRules::version)
        .containsExactlyElementsOf(CountingRules.VERSIONS)
        .contains(CountingRules.CURRENT);
  }

  @Test
  void unknownVersion_isNamed_withThoseThatThereAre() {
    assertThatThrownBy(() -> CountingRules.load("9"))
        .hasMessageContaining("no version '9' (known: 1, 2");
    assertThatThrownBy(() -> CountingRules.load("../counting-rules/1"))
        .isInstanceOf(IllegalArgumentException.class);
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
