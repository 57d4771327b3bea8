package topsongs.simulator.scenario;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import topsongs.simulator.Region;
import topsongs.simulator.Song;

/** Everything that pushes the songs of a crowd. */
public final class Pushes {
  private final List<List<Placed>> byRegion;
  private final List<ZoneId> zones;

  public Pushes(List<Push> pushes, List<Song> songs, List<Region> regions, Zones zones) {
    var placed = pushes.stream().map(push -> Placed.of(push, songs)).toList();
    byRegion =
        regions.stream()
            .map(region -> placed.stream().filter(p -> p.push.isIn(region.code())).toList())
            .toList();
    this.zones = regions.stream().map(region -> zones.main(region.code())).toList();
  }

  /** Nothing happens. */
  public static Pushes none(List<Region> regions) {
    return new Pushes(List.of(), List.of(), regions, Zones.known());
  }

  /**
   * Bends the weights of the songs.
   *
   * @param weights by song, changed in place
   * @param region its index
   * @param hour epoch milliseconds at which an hour of UTC begins
   */
  public void bend(double[] weights, int region, long hour) {
    for (Placed placed : byRegion.get(region)) {
      double factor = placed.push.curve().at(hour, zones.get(region));
      for (int song : placed.songs) {
        weights[song] *= factor;
      }
    }
  }

  private record Placed(Push push, List<Integer> songs) {
    private static Placed of(Push push, List<Song> songs) {
      var pushed = IntStream.range(0, songs.size()).filter(i -> push.songs().test(songs.get(i)));
      return new Placed(push, pushed.boxed().toList());
    }
  }
}
