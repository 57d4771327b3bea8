package topsongs.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Spoils a share of the plays on their way to the post. With dice of its own: without faults the
 * plays are what they were.
 */
final class Faults {
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * Crowd.HOUR;
  private static final int UNKNOWN_SONGS = 20;
  private static final int BOTS = 10;
  private static final int MIN_RETRIES = 2;
  private static final int MAX_RETRIES = 5;
  private static final int LONG_ENOUGH = 200_000;

  private final Map<Fault, Double> shares;
  private final int songs;
  private final int regions;
  private final long seed;
  private final Dice dice;
  private final Post post;
  private final Map<Fault, Long> made = new EnumMap<>(Fault.class);

  /**
   * @param shares of plays, together at most 1
   * @param songs how many the catalogue knows
   */
  Faults(Map<Fault, Double> shares, int songs, int regions, long seed, Post post) {
    this.shares = shares;
    this.songs = songs;
    this.regions = regions;
    this.seed = seed;
    this.dice = new Dice(Dice.hash(seed, 'F'));
    this.post = post;
  }

  /** The catalogue's songs, and behind them those that it does not know. */
  static List<Song> withUnknown(List<Song> songs) {
    return Stream.concat(
            songs.stream(),
            IntStream.range(0, UNKNOWN_SONGS)
                .mapToObj(i -> String.format(Locale.ROOT, "x-unknown-%02d", i))
                .map(id -> new Song(id, id, id, null, null, null, null, null)))
        .toList();
  }

  /** How many letters a play makes on average, beside its duplicate. */
  static double lettersEach(Map<Fault, Double> shares) {
    return 1 + shares.getOrDefault(Fault.RETRIES, 0.0) * (MIN_RETRIES + MAX_RETRIES) / 2;
  }

  /** Takes a play that has just started. */
  void take(Play play) {
    double fate = shares.isEmpty() ? 1 : dice.unit();
    for (var share : shares.entrySet()) {
      fate -= share.getValue();
      if (fate < 0) {
        made.merge(share.getKey(), 1L, Long::sum);
        spoil(play, share.getKey());
        return;
      }
    }
    post.take(play, play.playedAt());
  }

  private void spoil(Play play, Fault fault) {
    long now = play.playedAt();
    switch (fault) {
      case RETRIES -> retry(play);
      case LATE_HOURS -> post.takeLate(play, now + between(3 * Crowd.HOUR, DAY));
      case LATE_DAYS -> post.takeLate(play, now + between(DAY, 12 * DAY));
      case OUT_OF_ORDER -> post.takeLate(play, now + between(1, 5 * MINUTE));
      case CLOCK_SKEW -> post.take(at(play, now + between(-50 * MINUTE, 50 * MINUTE)), now);
      case BOTS -> post.take(byBot(play), now);
      case UNKNOWN_SONGS -> post.take(of(play, songs + (int) dice.below(UNKNOWN_SONGS)), now);
      case MALFORMED -> post.takeRefused(play, now, Letter.Kind.MALFORMED);
      case FUTURE ->
          post.takeRefused(at(play, now + between(30 * DAY, 60 * DAY)), now, Letter.Kind.FUTURE);
    }
  }

  private void retry(Play play) {
    post.take(play, play.playedAt());
    long times = between(MIN_RETRIES, MAX_RETRIES + 1);
    for (int i = 0; i < times; i++) {
      post.takeAgain(play, play.playedAt() + between(1, 10 * MINUTE));
    }
  }

  private Play byBot(Play play) {
    int bot = (int) dice.below(BOTS);
    int song = (int) (Dice.unit(Dice.hash(seed, bot, 'S')) * songs);
    int region = (int) (Dice.unit(Dice.hash(seed, bot, 'R')) * regions);
    return new Play(
        play.idHigh(),
        play.idLow(),
        play.playedAt(),
        Integer.MAX_VALUE - bot,
        song,
        region,
        LONG_ENOUGH,
        play.platform());
  }

  private static Play of(Play play, int song) {
    return new Play(
        play.idHigh(),
        play.idLow(),
        play.playedAt(),
        play.listener(),
        song,
        play.region(),
        play.msPlayed(),
        play.platform());
  }

  private static Play at(Play play, long playedAt) {
    return new Play(
        play.idHigh(),
        play.idLow(),
        playedAt,
        play.listener(),
        play.song(),
        play.region(),
        play.msPlayed(),
        play.platform());
  }

  private long between(long from, long to) {
    return from + dice.below(to - from);
  }

  /** A line for each fault that was asked for. */
  String summary() {
    return shares.keySet().stream()
        .map(
            fault ->
                String.format(
                    Locale.ROOT, "%,d plays %s%n", made.getOrDefault(fault, 0L), fault.story()))
        .collect(Collectors.joining());
  }
}
