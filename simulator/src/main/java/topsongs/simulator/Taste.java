package topsongs.simulator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * How much a song is liked: where (for good) and when (hour by hour). Everything follows from the
 * seed; StrictMath, because Math may differ between machines.
 */
final class Taste {
  /** Regions hear of a song up to so many hours after the first. */
  static final int MAX_LAG = 12;

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  /** The share of plays of a language that the region does not list. */
  private static final double CURIOSITY = 0.2;

  /** Songs go viral, or out of fashion, within windows of this many hours. */
  private static final int WINDOW = 72;

  private final List<Song> songs;
  private final long seed;
  private final long[] released;
  private final double[] zipf;

  Taste(List<Song> songs, long seed) {
    this.songs = songs;
    this.seed = seed;
    released = songs.stream().mapToLong(Taste::releasedAt).toArray();
    zipf = zipfByLanguage();
  }

  /** The lasting taste of a region: a weight for each song. */
  double[] of(Region region) {
    long regionSeed = Dice.hash(seed, region.code().hashCode());
    var weights = new double[songs.size()];
    for (int i = 0; i < weights.length; i++) {
      var song = songs.get(i);
      double language = region.languages().getOrDefault(language(song), CURIOSITY);
      double genre = region.genres().getOrDefault(String.valueOf(song.genre()), 1.0);
      weights[i] = zipf[i] * language * genre * StrictMath.exp(0.5 * spread(regionSeed, i));
    }
    return weights;
  }

  /** How hot each song is at that hour of the epoch; 1 is as ever. */
  double[] heat(long hour) {
    var heat = new double[songs.size()];
    for (int i = 0; i < heat.length; i++) {
      heat[i] =
          released[i] > hour * HOUR ? 0 : swing(i, hour) * fashion(i, hour) * novelty(i, hour);
    }
    return heat;
  }

  /** Two slow waves of its own for each song. */
  private double swing(int song, long hour) {
    return StrictMath.exp(0.2 * wave(song, 1, 18, 40, hour) + 0.32 * wave(song, 2, 70, 200, hour));
  }

  private double wave(int song, int kind, int shortest, int longest, long hour) {
    long hash = Dice.hash(seed, song, kind);
    double period = shortest + (longest - shortest) * Dice.unit(hash);
    return StrictMath.sin(2 * StrictMath.PI * (hour / period + Dice.unit(Dice.mix(hash))));
  }

  /** A few rise within hours and fade within days; fewer drop and recover. */
  private double fashion(int song, long hour) {
    long window = Math.floorDiv(hour, WINDOW);
    return surge(song, window, hour) * surge(song, window - 1, hour);
  }

  private double surge(int song, long window, long hour) {
    long hash = Dice.hash(seed, song, window);
    double luck = Dice.unit(hash);
    double start = WINDOW * (window + Dice.unit(Dice.mix(hash)));
    if (luck > 0.04 || hour < start) {
      return 1;
    }
    double age = hour - start;
    double size = Math.min(1, age / 5) * StrictMath.exp(-age / 16);
    return luck < 0.03 ? 1 + (2 + 300 * luck) * size : 1 / (1 + 3 * size);
  }

  private double novelty(int song, long hour) {
    double days = (double) (hour * HOUR - released[song]) / DAY;
    return 1 + 2.5 * StrictMath.exp(-days / 5);
  }

  /** Zipf's law within each language, in a seeded order in which newer songs come earlier. */
  private double[] zipfByLanguage() {
    var byLanguage = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < songs.size(); i++) {
      byLanguage.computeIfAbsent(language(songs.get(i)), l -> new ArrayList<>()).add(i);
    }
    var weights = new double[songs.size()];
    byLanguage.values().forEach(ofLanguage -> spreadByRank(ofLanguage, weights));
    return weights;
  }

  private void spreadByRank(List<Integer> ofLanguage, double[] weights) {
    var ranked = new ArrayList<>(ofLanguage);
    ranked.sort(Comparator.comparingDouble(this::obscurity).thenComparing(song -> song));
    double total = 0;
    for (int rank = 1; rank <= ranked.size(); rank++) {
      total += weightOf(rank);
    }
    for (int rank = 1; rank <= ranked.size(); rank++) {
      weights[ranked.get(rank - 1)] = weightOf(rank) / total;
    }
  }

  private static double weightOf(int rank) {
    return 1 / StrictMath.pow(rank + 0.5, 0.95);
  }

  private double obscurity(int song) {
    int years = 2026 - LocalDate.ofEpochDay(Math.floorDiv(released[song], DAY)).getYear();
    return Dice.unit(Dice.hash(seed, song)) * (1 + Math.min(10, Math.max(0, years)));
  }

  /** Roughly a normal deviate: three uniform ones added. */
  private static double spread(long seed, int song) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += Dice.unit(Dice.hash(seed, song, i));
    }
    return 2 * sum - 3;
  }

  private static long releasedAt(Song song) {
    return song.releaseDate() == null ? 0 : LocalDate.parse(song.releaseDate()).toEpochDay() * DAY;
  }

  private static String language(Song song) {
    return song.language() == null ? "und" : song.language();
  }
}
