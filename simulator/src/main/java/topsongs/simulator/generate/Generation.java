package topsongs.simulator.generate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import topsongs.simulator.Catalogue;
import topsongs.simulator.Region;
import topsongs.simulator.Song;

/** Writes what a catalogue and its trends still lack, part by part. */
final class Generation {
  private static final int REGIONS_AT_ONCE = 10;

  /** A region's trends choose among so many songs. */
  private static final int CANDIDATES = 6;

  private final Author author;
  private final SongBook songs;
  private final TrendBook trends;
  private final Catalogue recorded;
  private final List<String> genres;
  private final LongConsumer progress;
  private final List<String> givenUp = new ArrayList<>();

  /**
   * @param recorded whose genres are the known ones
   * @param progress told how many items have come
   */
  Generation(
      Author author, SongBook songs, TrendBook trends, Catalogue recorded, LongConsumer progress) {
    this.author = author;
    this.songs = songs;
    this.trends = trends;
    this.recorded = recorded;
    this.progress = progress;
    genres =
        new TreeSet<>(recorded.songs().stream().map(s -> String.valueOf(s.genre())).toList())
            .stream().toList();
  }

  /** Items that did not come, in words. */
  List<String> givenUp() {
    return givenUp;
  }

  /**
   * @param shares how many songs of each language there are to be; where a file that was begun has
   *     more of one, others get fewer
   */
  void writeSongs(Map<String, Integer> shares, long seed, LocalDate lastRelease)
      throws InterruptedException {
    int wanted = shares.values().stream().mapToInt(share -> share).sum();
    for (var part :
        Assignment.of(seed, shares, language -> songs.songsIn(language).size(), recorded)) {
      int count = Math.min(part.songs(), wanted - songs.songs().size());
      var numbers = new TreeSet<>(IntStream.rangeClosed(1, count).boxed().toList());
      write(
          new SongBrief(songs, part, genres, lastRelease), numbers, "a song in " + part.language());
    }
  }

  /**
   * @param each how many tastes, and how many trends, each region is to have
   */
  void writeTrends(List<Region> regions, int each) throws InterruptedException {
    for (int i = 0; i < regions.size(); i += REGIONS_AT_ONCE) {
      var some = regions.subList(i, Math.min(i + REGIONS_AT_ONCE, regions.size()));
      var tastes = lacking(Trend.Kind.TASTE, some, each);
      write(new TasteBrief(trends, tastes, genres), tastes.keySet(), "a taste");
      if (!songs.songs().isEmpty()) {
        var viral = stages(lacking(Trend.Kind.TREND, some, each));
        write(new TrendBrief(trends, viral), viral.keySet(), "a trend");
      }
    }
  }

  private void write(Brief brief, Set<Integer> numbers, String what) throws InterruptedException {
    var missing = author.write(brief, numbers);
    progress.accept((long) numbers.size() - missing.size());
    missing.values().forEach(reason -> givenUp.add("%s: %s".formatted(what, reason)));
  }

  /** Numbered from 1, a region as often as it lacks one. */
  private Map<Integer, Region> lacking(Trend.Kind kind, List<Region> regions, int each) {
    var lacking = new TreeMap<Integer, Region>();
    for (var region : regions) {
      for (int i = trends.count(kind, region.code()); i < each; i++) {
        lacking.put(lacking.size() + 1, region);
      }
    }
    return lacking;
  }

  private Map<Integer, TrendBrief.Stage> stages(Map<Integer, Region> regions) {
    var stages = new LinkedHashMap<Integer, TrendBrief.Stage>();
    regions.forEach(
        (number, region) ->
            stages.put(number, new TrendBrief.Stage(region.code(), candidates(region, number))));
    return stages;
  }

  /** Of the language that the region hears most and the book has; other regions, other songs. */
  private List<Song> candidates(Region region, int turn) {
    var heard =
        region.languages().entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .map(language -> songs.songsIn(language.getKey()))
            .filter(some -> !some.isEmpty())
            .findFirst()
            .orElse(songs.songs());
    return IntStream.range(0, Math.min(CANDIDATES, heard.size()))
        .mapToObj(i -> heard.get((turn * CANDIDATES + i) % heard.size()))
        .toList();
  }
}
