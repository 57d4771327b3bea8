package topsongs.simulator;

import java.util.List;
import topsongs.simulator.scenario.Pushes;
import topsongs.simulator.scenario.Zones;

/**
 * How a crowd behaves, beside its taste.
 *
 * @param tooShort the share of plays that are skipped before they count
 * @param leftEarly the share of plays that count and are not heard to their end
 * @param rhythm when it listens
 * @param pushes what becomes popular besides
 */
record Habits(double tooShort, double leftEarly, Rhythm rhythm, Pushes pushes) {
  private static final double LEFT_EARLY = 0.09;

  /** Those of history and live: by fixed hours from UTC, without anything special. */
  static Habits usual(List<Region> regions, double tooShort) {
    return new Habits(tooShort, LEFT_EARLY, Region::activity, Pushes.none(regions));
  }

  Habits with(Pushes others) {
    return new Habits(tooShort, leftEarly, rhythm, others);
  }

  /** When regions listen. */
  interface Rhythm {
    /** How much the region listens at that time, beside other regions and other times. */
    double activity(Region region, long epochMillis);

    /**
     * By the clocks on the wall, summer time included.
     *
     * @param weekend how much more is played on Saturdays and Sundays than usual then
     */
    static Rhythm local(Zones zones, double weekend) {
      return (region, epochMillis) -> {
        double sum = 0;
        for (var time : zones.localTimes(region.code(), epochMillis).entrySet()) {
          sum += time.getValue() * Region.rhythm(time.getKey(), weekend);
        }
        return region.weight() * sum;
      };
    }
  }
}
