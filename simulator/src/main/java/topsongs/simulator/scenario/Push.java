package topsongs.simulator.scenario;

import java.time.ZoneId;
import java.util.Set;
import java.util.function.Predicate;
import topsongs.simulator.Song;

/**
 * Makes songs more popular, or less, somewhere and for some time.
 *
 * @param songs which
 * @param regions ISO 3166-1 alpha-2; none for everywhere
 * @param curve how much, and when
 */
public record Push(Predicate<Song> songs, Set<String> regions, Curve curve) {
  private static final double HOUR = 3_600_000;
  private static final double DAY = 24 * HOUR;

  /** What a song's plays are multiplied by. */
  @FunctionalInterface
  public interface Curve {
    /**
     * @param hour epoch milliseconds at which an hour of UTC begins
     * @param zone by which most of the region lives
     */
    double at(long hour, ZoneId zone);
  }

  boolean isIn(String region) {
    return regions.isEmpty() || regions.contains(region);
  }

  /** For good. */
  static Curve always(double factor) {
    return (hour, zone) -> factor;
  }

  /**
   * Nothing before, so many times as much after, and half of what is more than usual two days on.
   *
   * @param at epoch milliseconds
   */
  static Curve release(long at, double strength) {
    return (hour, zone) ->
        hour < at ? 0 : 1 + (strength - 1) * StrictMath.pow(0.5, (hour - at) / (2 * DAY));
  }

  /**
   * Climbs to so many times as much during the first quarter of its time, then fades.
   *
   * @param at epoch milliseconds
   * @param length milliseconds
   */
  static Curve viral(long at, long length, double strength) {
    return (hour, zone) -> {
      double age = (hour - at + HOUR / 2) / length;
      double size = age < 0.25 ? 4 * age : (1 - age) / 0.75;
      return hour < at || age >= 1 ? 1 : 1 + (strength - 1) * size;
    };
  }

  /**
   * Every week, by local time.
   *
   * @param from included
   * @param to excluded; before from when it runs over Sunday's end
   */
  static Curve weekly(TimeOfWeek from, TimeOfWeek to, double factor) {
    return (hour, zone) -> TimeOfWeek.at(hour, zone).isWithin(from, to) ? factor : 1;
  }
}
