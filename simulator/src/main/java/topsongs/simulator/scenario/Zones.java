package topsongs.simulator.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The IANA time zones that regions live by: those of {@code crowd/zones.txt}, and those that a
 * scenario adds.
 */
public final class Zones {
  private static final ZoneId NOWHERE = ZoneId.of("UTC");

  private final Map<String, List<Part>> byRegion;

  private Zones(Map<String, List<Part>> byRegion) {
    this.byRegion = byRegion;
  }

  /** Those of the regions that the simulator knows. */
  public static Zones known() {
    var in = Objects.requireNonNull(Zones.class.getResourceAsStream("/crowd/zones.txt"));
    var byRegion = new TreeMap<String, List<Part>>();
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(columns -> byRegion.put(columns[0], parts(columns[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Zones(byRegion);
  }

  /** These, but for the regions that the others name. */
  Zones with(Map<String, ZoneId> others) {
    var all = new TreeMap<>(byRegion);
    others.forEach((region, zone) -> all.put(region, List.of(new Part(zone, 1))));
    return new Zones(all);
  }

  boolean knows(String region) {
    return byRegion.containsKey(region);
  }

  /** The zone that most of the region lives by; UTC where nobody knows. */
  ZoneId main(String region) {
    return of(region).get(0).zone;
  }

  /**
   * Where the region is in its day and week.
   *
   * @param epochMillis a time
   * @return the local times as if they were UTC, in epoch milliseconds, and the shares (0 to 1) of
   *     the region that live by them
   */
  public Map<Long, Double> localTimes(String region, long epochMillis) {
    var times = new LinkedHashMap<Long, Double>();
    of(region).forEach(part -> times.merge(local(part.zone, epochMillis), part.share, Double::sum));
    return times;
  }

  static long local(ZoneId zone, long epochMillis) {
    var at = Instant.ofEpochMilli(epochMillis);
    return epochMillis + zone.getRules().getOffset(at).getTotalSeconds() * 1000L;
  }

  private List<Part> of(String region) {
    return byRegion.getOrDefault(region, List.of(new Part(NOWHERE, 1)));
  }

  /** Reads {@code America/Sao_Paulo:90,America/Manaus:10}, largest first. */
  private static List<Part> parts(String column) {
    return List.of(column.split(",")).stream().map(Part::parse).toList();
  }

  private record Part(ZoneId zone, double share) {
    private static Part parse(String item) {
      int colon = item.indexOf(':');
      return new Part(
          ZoneId.of(item.substring(0, colon)), Double.parseDouble(item.substring(colon + 1)) / 100);
    }
  }
}
