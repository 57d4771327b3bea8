package topsongs.simulator.scenario;

import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * @param minutes since the week began on Monday at midnight
 */
record TimeOfWeek(int minutes) {
  private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
  private static final Pattern TEXT =
      Pattern.compile("(MON|TUE|WED|THU|FRI|SAT|SUN) ([01]\\d|2[0-3]):([0-5]\\d)");
  private static final int DAY = 24 * 60;
  private static final int MONDAY = 4; // 1970 began on a Thursday

  /**
   * @param text such as {@code FRI 18:00}
   * @throws IllegalArgumentException when it is none
   */
  static TimeOfWeek parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be a time of the week such as FRI 18:00, got '%s'".formatted(text));
    }
    return new TimeOfWeek(
        DAYS.indexOf(parts.group(1)) * DAY
            + Integer.parseInt(parts.group(2)) * 60
            + Integer.parseInt(parts.group(3)));
  }

  static TimeOfWeek at(long epochMillis, ZoneId zone) {
    long minutes = Math.floorDiv(Zones.local(zone, epochMillis), 60_000L) - MONDAY * DAY;
    return new TimeOfWeek((int) Math.floorMod(minutes, 7L * DAY));
  }

  boolean isWithin(TimeOfWeek from, TimeOfWeek to) {
    return from.minutes <= to.minutes
        ? minutes >= from.minutes && minutes < to.minutes
        : minutes >= from.minutes || minutes < to.minutes;
  }
}
