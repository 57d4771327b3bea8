package topsongs.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a part of the crowd lives, when it listens and to what. The regions are the lines of {@code
 * crowd/regions.txt}.
 *
 * @param code ISO 3166-1 alpha-2
 * @param weight size of its crowd beside the others'
 * @param zones minutes east of UTC, and the share of the crowd that lives by them
 * @param languages the share of its plays by language of the song
 * @param genres how much more (or less, below 1) than elsewhere a genre is liked; 1 where not named
 */
public record Region(
    String code,
    double weight,
    Map<Integer, Double> zones,
    Map<String, Double> languages,
    Map<String, Double> genres) {
  private static final long HOUR = 3_600_000;

  /** Plays by local hour on a working day: quiet at 4, a hump on the way to work, the evening. */
  private static final double[] WEEKDAY = {
    30, 16, 9, 6, 5, 8, 22, 45, 58, 52, 50, 52, 60, 56, 54, 60, 70, 84, 92, 97, 100, 92, 72, 48
  };

  private static final double[] WEEKEND = {
    55, 38, 24, 14, 8, 7, 10, 18, 32, 48, 60, 66, 70, 72, 74, 76, 78, 82, 90, 98, 104, 104, 94, 76
  };

  public static List<Region> all() {
    var in = Objects.requireNonNull(Region.class.getResourceAsStream("/crowd/regions.txt"));
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).map(Region::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How much this region listens at that time, beside other regions and other times. */
  double activity(long epochMillis) {
    double sum = 0;
    for (var zone : zones.entrySet()) {
      sum += zone.getValue() * rhythm(epochMillis + zone.getKey() * 60_000L, 1);
    }
    return weight * sum;
  }

  /**
   * @param weekend how much louder than usual weekends are; 1 as usual
   */
  static double rhythm(long localMillis, double weekend) {
    long hour = Math.floorDiv(localMillis, HOUR);
    double part = (double) Math.floorMod(localMillis, HOUR) / HOUR;
    return (1 - part) * hourly(hour, weekend) + part * hourly(hour + 1, weekend);
  }

  private static double hourly(long localHour, double weekend) {
    long dayOfWeek = Math.floorMod(Math.floorDiv(localHour, 24) + 3, 7); // 1970 began on a Thursday
    int hour = (int) Math.floorMod(localHour, 24L);
    return dayOfWeek >= 5 ? weekend * WEEKEND[hour] : WEEKDAY[hour];
  }

  private static Region parse(String line) {
    var columns = line.split(" +");
    var zones = new LinkedHashMap<Integer, Double>();
    shares(columns[2]).forEach((hours, share) -> zones.put(minutes(hours), share));
    return new Region(
        columns[0], Double.parseDouble(columns[1]), zones, shares(columns[3]), shares(columns[4]));
  }

  private static int minutes(String hours) {
    return (int) Math.round(Double.parseDouble(hours) * 60);
  }

  /** Reads {@code en:80,es:20}; a space in a name is written as an underscore. */
  private static Map<String, Double> shares(String column) {
    var shares = new LinkedHashMap<String, Double>();
    for (String item : column.split(",")) {
      int colon = item.lastIndexOf(':');
      shares.put(
          item.substring(0, colon).replace('_', ' '), Double.valueOf(item.substring(colon + 1)));
    }
    return shares;
  }
}
