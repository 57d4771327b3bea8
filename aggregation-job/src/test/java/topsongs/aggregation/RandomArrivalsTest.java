package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import topsongs.contract.CountingRules;
import topsongs.contract.FlagKind;
import topsongs.contract.Granularity;

/** Cases in which nothing happens would prove nothing: of a thousand, most are what they claim. */
class RandomArrivalsTest {
  private static final CountingRules RULES = CountingRules.load("1");

  @ParameterizedTest
  @EnumSource
  void duplicates_areInMostCases(Granularity granularity) {
    var cases = new RandomArrivals(granularity).duplicates();

    assertThat(countCharted(".*\"duplicate\":[1-9].*", granularity, cases)).isGreaterThan(900);
  }

  @ParameterizedTest
  @EnumSource
  void ties_areInMostCasesAndSomeAreBeyondTheHundredthSong(Granularity granularity) {
    var cases = new RandomArrivals(granularity).ties();

    assertThat(countCharted(".*\"tied\":true.*", granularity, cases)).isGreaterThan(800);
    assertThat(countCharted(".*\"songs\":10[1-9],.*", granularity, cases)).isGreaterThan(25);
  }

  @ParameterizedTest
  @EnumSource
  void caps_areExceededInManyCases(Granularity granularity) {
    var cases = new RandomArrivals(granularity).caps(RULES.cap(granularity));

    assertThat(countCharted(".*\"over_cap\":[1-9].*", granularity, cases)).isGreaterThan(400);
  }

  @ParameterizedTest
  @EnumSource
  void abuse_isExcludedInManyCasesAndOfEachKindInSome(Granularity granularity) {
    var cases = new RandomArrivals(granularity).abuse();
    var flags = ManyCases.of(cases).stream().map(RandomArrivalsTest::flags).toList();

    assertThat(countCharted(".*\"excluded\":[1-9].*", granularity, cases, CountingRules.load("3")))
        .isBetween(300L, 900L);
    for (var kind : FlagKind.values()) {
      assertThat(flags.stream().filter(lines -> lines.contains(kind.wireName())).count())
          .as(kind.wireName())
          .isBetween(150L, 850L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void lateArrivals_areInMostCases(Granularity granularity) {
    var cases = new RandomArrivals(granularity).lateArrivals(RULES.cap(granularity));

    assertThat(ManyCases.of(cases).stream().filter(RandomArrivalsTest::someCameLate).count())
        .isGreaterThan(800);
  }

  private static long countCharted(
      String pattern, Granularity granularity, Arbitrary<List<Arrival>> cases) {
    return countCharted(pattern, granularity, cases, RULES);
  }

  private static long countCharted(
      String pattern,
      Granularity granularity,
      Arbitrary<List<Arrival>> cases,
      CountingRules rules) {
    return ManyCases.of(cases).stream()
        .map(arrivals -> NaiveChart.charts(Arrival.all(arrivals), granularity, rules).toString())
        .filter(charts -> charts.matches(pattern))
        .count();
  }

  private static String flags(List<Arrival> arrivals) {
    return new NaiveFlags(Arrival.all(arrivals), RULES).lines().toString();
  }

  private static boolean someCameLate(List<Arrival> arrivals) {
    return arrivals.stream().anyMatch(arrival -> arrival.late() > 0);
  }
}
