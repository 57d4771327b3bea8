package topsongs.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Which plays count. The numbers live in {@code counting-rules/VERSION.properties} beside this
 * class; what a published version counts never changes, a change is a new file. A key that a
 * version does not have is version 1's.
 *
 * @param version stamped on every chart made by these rules
 * @param minMsPlayed a play this long counts; so does one of the song's whole length
 * @param maxPlaysPerHour how many plays of one song by one listener count in one hour chart
 * @param maxPlaysPerDay how many plays of one song by one listener count in one day chart
 * @param excludeFlagged plays that are flagged so do not count
 * @param flags from where on listening is flagged, whether it counts or not
 */
public record CountingRules(
    String version,
    int minMsPlayed,
    int maxPlaysPerHour,
    int maxPlaysPerDay,
    List<FlagKind> excludeFlagged,
    FlagThresholds flags) {
  /** The rules that charts are made by unless a job is told otherwise. */
  public static final String CURRENT = "1";

  /** What a job is told instead of a version: those that each period was last charted by. */
  public static final String SAME = "same";

  /** All that were ever published, the oldest first. */
  public static final List<String> VERSIONS = List.of("1", "2", "3");

  /**
   * @throws IllegalArgumentException when there is no such version
   */
  public static CountingRules load(String version) {
    if (!VERSIONS.contains(version)) {
      throw new IllegalArgumentException(
          "Cannot load counting rules: no version '%s' (known: %s)"
              .formatted(version, String.join(", ", VERSIONS)));
    }
    var rules = read(version, read(VERSIONS.get(0), new Properties()));
    return new CountingRules(
        version,
        number(rules, "min_ms_played"),
        number(rules, "max_plays_per_hour"),
        number(rules, "max_plays_per_day"),
        kinds(rules.getProperty("exclude_flagged")),
        new FlagThresholds(
            number(rules, "flag_over_cap_plays"),
            number(rules, "flag_impossible_minutes"),
            number(rules, "flag_loop_plays"),
            number(rules, "flag_loop_percent"),
            number(rules, "flag_loop_listeners")));
  }

  /** How many plays of one song by one listener count in one chart of this granularity. */
  public int cap(Granularity granularity) {
    return granularity == Granularity.HOUR ? maxPlaysPerHour : maxPlaysPerDay;
  }

  private static Properties read(String version, Properties defaults) {
    var rules = new Properties(defaults);
    var file = "/counting-rules/%s.properties".formatted(version);
    try (InputStream in = CountingRules.class.getResourceAsStream(file)) {
      rules.load(in);
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<FlagKind> kinds(String names) {
    return Stream.of(names.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .map(FlagKind::of)
        .toList();
  }

  private static int number(Properties rules, String key) {
    return Integer.parseInt(rules.getProperty(key));
  }
}
