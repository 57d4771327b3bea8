package topsongs.aggregation;

import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/**
 * A property of many random cases, all looked at together: Spark takes as long for one case as for
 * a thousand. For the same reason a case that fails is shrunk many ways at a time.
 *
 * <p>The cases are always the same ones; {@code -Dtopsongs.seed=…} gives others.
 */
final class ManyCases {
  private static final int CASES = 1_000;
  private static final long SEED = Long.getLong("topsongs.seed", 20261123);
  private static final int ROUNDS = 30;
  private static final int WAYS = 200;

  private ManyCases() {}

  /**
   * @param differences what is wrong with each of these cases, in their order; empty where nothing
   */
  static <T> void check(
      String property, Arbitrary<T> cases, Function<List<T>, List<String>> differences) {
    JqwikSession.run(() -> checkInSession(property, cases, differences));
  }

  /** The cases that are looked at. */
  static <T> List<T> of(Arbitrary<T> arbitrary) {
    var cases = new ArrayList<T>();
    JqwikSession.run(() -> generate(arbitrary).forEach(found -> cases.add(found.value())));
    return cases;
  }

  private static <T> void checkInSession(
      String property, Arbitrary<T> arbitrary, Function<List<T>, List<String>> differences) {
    System.out.printf("%s: %d cases of -Dtopsongs.seed=%d%n", property, CASES, SEED);
    var cases = generate(arbitrary);
    var wrong = wrong(cases, differences);
    if (!wrong.isEmpty()) {
      var smallest = shrink(wrong.get(0), differences);
      fail(
          "%s: %d of %d cases of -Dtopsongs.seed=%d differ; the first is %s and shrinks to %s: %s",
          property,
          wrong.size(),
          CASES,
          SEED,
          wrong.get(0).value(),
          smallest.value(),
          differences.apply(List.of(smallest.value())).get(0));
    }
  }

  private static <T> List<Shrinkable<T>> generate(Arbitrary<T> arbitrary) {
    var random = new Random(SEED);
    var generator = arbitrary.generator(CASES, true);
    return Stream.generate(() -> generator.next(random)).limit(CASES).toList();
  }

  private static <T> List<Shrinkable<T>> wrong(
      List<Shrinkable<T>> cases, Function<List<T>, List<String>> differences) {
    var found = differences.apply(cases.stream().map(Shrinkable::value).toList());
    return IntStream.range(0, cases.size())
        .filter(i -> !found.get(i).isEmpty())
        .mapToObj(cases::get)
        .toList();
  }

  private static <T> Shrinkable<T> shrink(
      Shrinkable<T> wrong, Function<List<T>, List<String>> differences) {
    var smallest = wrong;
    for (int round = 0; round < ROUNDS; round++) {
      var smaller = smaller(smallest, differences);
      if (smaller.isEmpty()) {
        return smallest;
      }
      smallest = smaller.get();
    }
    return smallest;
  }

  private static <T> Optional<Shrinkable<T>> smaller(
      Shrinkable<T> wrong, Function<List<T>, List<String>> differences) {
    var ways = wrong.shrink().limit(WAYS).toList();
    return wrong(ways, differences).stream().min(naturalOrder());
  }
}
