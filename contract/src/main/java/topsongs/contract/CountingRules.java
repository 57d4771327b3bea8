package topsongs.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * Which plays count. The numbers live in {@code counting-rules/VERSION.properties} beside this
 * class; a published version never changes, a change is a new file.
 *
 * @param version stamped on every chart made by these rules
 * @param minMsPlayed a play this long counts; so does one of the song's whole length
 * @param maxPlaysPerHour how many plays of one song by one listener count in one hour chart
 * @param maxPlaysPerDay how many plays of one song by one listener count in one day chart
 */
public record CountingRules(
    String version, int minMsPlayed, int maxPlaysPerHour, int maxPlaysPerDay) {
  /** The rules that charts are made by unless a job is told otherwise. */
  public static final String CURRENT = "1";

  /** All that were ever published, oldest first. */
  public static final List<String> VERSIONS = List.of("1", "2");

  /**
   * @throws IllegalArgumentException when there is no such version
   */
  public static CountingRules load(String version) {
    if (!VERSIONS.contains(version)) {
      throw new IllegalArgumentException(
          "Cannot load counting rules: no version '%s' (known: %s)"
              .formatted(version, String.join(", ", VERSIONS)));
    }
    var file = "/counting-rules/%s.properties".formatted(version);
    try (InputStream in = CountingRules.class.getResourceAsStream(file)) {
      var rules = new Properties();
      rules.load(Objects.requireNonNull(in, file));
      return new CountingRules(
          version,
          number(rules, "min_ms_played"),
          number(rules, "max_plays_per_hour"),
          number(rules, "max_plays_per_day"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many plays of one song by one listener count in one chart of this granularity. */
  public int cap(Granularity granularity) {
    return granularity == Granularity.HOUR ? maxPlaysPerHour : maxPlaysPerDay;
  }

  private static int number(Properties rules, String key) {
    return Integer.parseInt(rules.getProperty(key));
  }
}
