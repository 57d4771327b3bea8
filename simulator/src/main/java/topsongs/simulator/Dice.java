package topsongs.simulator;

/**
 * Chance that repeats: SplitMix64, written out because the JDK promises the numbers of none of its
 * own generators but the slowest. Not thread-safe.
 */
final class Dice {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1p-53;

  private long state;

  Dice(long seed) {
    state = seed;
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 (included) to 1 (excluded). */
  double unit() {
    return unit(next());
  }

  /** From 0 (included) to bound (excluded); bound at least 1. */
  long below(long bound) {
    return (long) (unit() * bound);
  }

  boolean chance(double share) {
    return unit() < share;
  }

  /** What a number always turns out as, from 0 to 1: fate where {@link #unit()} is luck. */
  static double unit(long hash) {
    return (hash >>> 11) * UNIT;
  }

  static long hash(long a, long b) {
    return mix(mix(a + GOLDEN) ^ b);
  }

  static long hash(long a, long b, long c) {
    return hash(hash(a, b), c);
  }

  /** One to one: different numbers stay different. */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
