package topsongs.simulator.generate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import topsongs.simulator.Catalogue;
import topsongs.simulator.Region;

/**
 * A part of the catalogue that is asked for at once.
 *
 * @param part from 1, within the language
 * @param genres those that this part is to favour
 * @param songs how many
 */
record Assignment(long seed, String language, int part, List<String> genres, int songs) {
  private static final int SONGS_AT_ONCE = 10;
  private static final int GENRES_AT_ONCE = 4;

  /**
   * How many songs of each language, by how much it is listened to, the most first; all together as
   * many as asked for.
   */
  static Map<String, Integer> shares(
      List<Region> regions, Collection<String> languages, int songs) {
    var weights = weights(regions, languages);
    double sum = weights.values().stream().mapToDouble(w -> w).sum();
    var order =
        weights.keySet().stream()
            .sorted(Comparator.comparing((String l) -> -weights.getOrDefault(l, 0.0)))
            .toList();
    var shares = new LinkedHashMap<String, Integer>();
    double due = 0;
    int given = 0;
    for (var language : order) {
      due += songs * weights.getOrDefault(language, 0.0) / sum;
      int share = (int) Math.round(due) - given;
      shares.put(language, share);
      given += share;
    }
    return shares;
  }

  private static Map<String, Double> weights(List<Region> regions, Collection<String> languages) {
    var weights = new TreeMap<String, Double>();
    languages.forEach(language -> weights.put(language, 0.001));
    for (var region : regions) {
      double all = region.languages().values().stream().mapToDouble(share -> share).sum();
      region
          .languages()
          .forEach(
              (language, share) ->
                  weights.computeIfPresent(
                      language, (l, sum) -> sum + region.weight() * share / all));
    }
    return weights;
  }

  /** Parts of every language in turn, so that a catalogue that breaks off has some of each. */
  static List<Assignment> of(
      long seed, Map<String, Integer> shares, ToIntFunction<String> written, Catalogue recorded) {
    var assignments = new ArrayList<Assignment>();
    shares.forEach(
        (language, share) -> {
          var genres = genres(recorded, language);
          for (int done = written.applyAsInt(language); done < share; ) {
            int songs = Math.min(SONGS_AT_ONCE - done % SONGS_AT_ONCE, share - done);
            int part = done / SONGS_AT_ONCE + 1;
            assignments.add(new Assignment(seed, language, part, turn(genres, part), songs));
            done += songs;
          }
        });
    assignments.sort(Comparator.comparing(Assignment::part));
    return assignments;
  }

  private static List<String> turn(List<String> genres, int part) {
    var turn = new ArrayList<String>();
    for (int i = 0; i < Math.min(GENRES_AT_ONCE, genres.size()); i++) {
      turn.add(genres.get(((part - 1) * GENRES_AT_ONCE + i) % genres.size()));
    }
    return turn;
  }

  /** The genres of the recorded songs in that language, the most frequent first. */
  private static List<String> genres(Catalogue recorded, String language) {
    var counts =
        recorded.songs().stream()
            .filter(song -> language.equals(song.language()) && song.genre() != null)
            .collect(
                Collectors.groupingBy(
                    song -> String.valueOf(song.genre()), TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }
}
