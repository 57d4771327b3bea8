package topsongs.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Listeners of many regions, each with habits of their own, who make plays. The same songs, regions
 * and seed make the same crowd in any JVM. Not thread-safe.
 */
final class Crowd {
  static final long HOUR = 3_600_000;

  private static final int LISTENERS_PER_WEIGHT = 50;
  private static final int USUAL_LENGTH = 200_000;
  private static final int MIN_COUNTED = 30_000;

  /** The share of plays that fans make, and how many of one song each makes in an hour. */
  static final double FANS_SHARE = 0.005;

  private static final int PLAYS_OF_FAN = 14;

  /** Fans keep to one song for so many hours. */
  private static final int OBSESSION = 6;

  private static final double TRAVELLERS = 0.01;
  private static final double FAVOURITES = 0.12;
  private static final int FAVOURITES_EACH = 3;
  private static final Line PLATFORMS = new Line(new double[] {31, 38, 12, 8, 8, 2, 1});

  private final List<Song> songs;
  private final List<Region> regions;
  private final long seed;
  private final Habits habits;
  private final Taste taste;
  private final double[][] tastes;
  private final Line[] favourites;
  private final Line homes;
  private final int[] firstListener;
  private final Map<Long, double[]> heats = new HashMap<>();

  /**
   * @param tooShort the share of plays that are skipped before they count
   */
  Crowd(List<Song> songs, List<Region> regions, long seed, double tooShort) {
    this(songs, regions, seed, Habits.usual(regions, tooShort));
  }

  Crowd(List<Song> songs, List<Region> regions, long seed, Habits habits) {
    this.songs = songs;
    this.regions = regions;
    this.seed = seed;
    this.habits = habits;
    taste = new Taste(songs, seed);
    tastes = regions.stream().map(taste::of).toArray(double[][]::new);
    favourites = new Line[regions.size()];
    firstListener = new int[regions.size() + 1];
    for (int r = 0; r < regions.size(); r++) {
      favourites[r] = new Line(tastes[r]);
      firstListener[r + 1] =
          firstListener[r] + (int) (regions.get(r).weight() * LISTENERS_PER_WEIGHT);
    }
    homes = new Line(regions.stream().mapToDouble(Region::weight).toArray());
  }

  /** How much the whole crowd listens at that time, beside other times. */
  double activity(long epochMillis) {
    return regions.stream().mapToDouble(region -> activity(region, epochMillis)).sum();
  }

  private double activity(Region region, long epochMillis) {
    return habits.rhythm().activity(region, epochMillis);
  }

  /**
   * The crowd as it is in the hour that holds the time.
   *
   * @param playsPerHour about how many plays it will be asked for in an hour
   */
  Hour hour(long epochMillis, double playsPerHour) {
    return new Hour(Math.floorDiv(epochMillis, HOUR), playsPerHour);
  }

  /** What is popular, and who listens, within one hour. */
  final class Hour {
    private final long hour;
    private final Line awake;
    private final double[][] weights;
    private final Line[] charts;
    private final int fans;

    private Hour(long hour, double playsPerHour) {
      this.hour = hour;
      fans = (int) Math.max(1, Math.round(playsPerHour * FANS_SHARE / PLAYS_OF_FAN));
      long middle = hour * HOUR + HOUR / 2;
      awake = new Line(regions.stream().mapToDouble(region -> activity(region, middle)).toArray());
      weights = new double[regions.size()][];
      charts = new Line[regions.size()];
      for (int r = 0; r < charts.length; r++) {
        weights[r] = times(tastes[r], heat(hour - lag(r)));
        habits.pushes().bend(weights[r], r, hour * HOUR);
        charts[r] = new Line(weights[r]);
      }
      heats.keySet().removeIf(old -> old < hour - Taste.MAX_LAG);
    }

    /** Somebody's next play, started at that time. */
    Play play(Dice dice, long playedAt) {
      return dice.chance(FANS_SHARE) ? playOfFan(dice, playedAt) : playOfAnyone(dice, playedAt);
    }

    private Play playOfAnyone(Dice dice, long playedAt) {
      return next(dice, visit(dice), playedAt);
    }

    /** Somebody begins to listen. */
    Visit visit(Dice dice) {
      int region = awake.at(dice.unit());
      int home = dice.chance(TRAVELLERS) ? homes.at(dice.unit()) : region;
      return new Visit(listener(home, square(dice.unit())), home, region);
    }

    /** What they hear next. */
    Play next(Dice dice, Visit visit, long playedAt) {
      int song =
          dice.chance(FAVOURITES)
              ? favourite(visit.home, visit.listener, dice.below(FAVOURITES_EACH))
              : charts[visit.home].at(dice.unit());
      return playOf(dice, playedAt, visit.listener, song, visit.region);
    }

    /** Loops one song past the cap; every other fan does so on a train across a border. */
    Play playOfFan(Dice dice, long playedAt) {
      long fan = Dice.hash(seed ^ Math.floorDiv(hour, OBSESSION), dice.below(fans));
      int home = homes.at(Dice.unit(fan));
      int listener = listener(home, Dice.unit(Dice.mix(fan)));
      boolean abroad = (fan & 1) == 0 && Math.floorMod(playedAt, HOUR) >= HOUR / 2;
      int region = abroad ? (home + 1) % regions.size() : home;
      return playOf(dice, playedAt, listener, favourite(home, listener, 0), region);
    }

    /** A favourite that is not released yet is replaced by something popular. */
    private int favourite(int home, int listener, long which) {
      double fate = Dice.unit(Dice.hash(seed, listener, which));
      int song = favourites[home].at(fate);
      return weights[home][song] > 0 ? song : charts[home].at(fate);
    }
  }

  /**
   * Somebody who listens.
   *
   * @param listener number within the whole crowd
   * @param home index of the region whose taste they have
   * @param region index of the region where they are
   */
  record Visit(int listener, int home, int region) {}

  private Play playOf(Dice dice, long playedAt, int listener, int song, int region) {
    int platform = PLATFORMS.at(Dice.unit(Dice.hash(seed, listener)));
    return Play.of(dice, playedAt, listener, song, region, heard(dice, song), platform);
  }

  /** Mostly the whole song. */
  private int heard(Dice dice, int song) {
    var known = songs.get(song).durationMs();
    int whole = known == null ? USUAL_LENGTH : known;
    double mood = dice.unit();
    if (mood < habits.tooShort()) {
      return (int) (1_000 + dice.below(Math.max(1, Math.min(whole, MIN_COUNTED) - 1_000)));
    }
    if (mood < habits.tooShort() + habits.leftEarly() && whole > MIN_COUNTED) {
      return (int) (MIN_COUNTED + dice.below(whole - MIN_COUNTED));
    }
    return whole;
  }

  private int listener(int region, double unit) {
    int first = firstListener[region];
    return first + (int) (unit * (firstListener[region + 1] - first));
  }

  private double[] heat(long hour) {
    return heats.computeIfAbsent(hour, taste::heat);
  }

  private int lag(int region) {
    return (int) (Dice.unit(Dice.hash(seed, ~region)) * (Taste.MAX_LAG + 1));
  }

  private static double[] times(double[] a, double[] b) {
    var product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  private static double square(double value) {
    return value * value;
  }
}
