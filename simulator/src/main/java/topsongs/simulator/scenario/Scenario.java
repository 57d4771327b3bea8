package topsongs.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import topsongs.simulator.Fault;
import topsongs.simulator.Region;
import topsongs.simulator.Song;

/**
 * What happens to a crowd, as a person wrote it down.
 *
 * @param shows what it is there to show, for people
 * @param length how long it takes, at least an hour
 * @param plays distinct ones, at least 1
 * @param weekend how much more is played on Saturdays and Sundays than the crowd's habit is
 * @param sessions how listeners listen
 * @param duplicates share of plays, as are late and tooShort
 * @param faults shares of plays, together at most 1
 * @param pushes what becomes popular, and where and when
 * @param releases when songs come out
 */
public record Scenario(
    String shows,
    long seed,
    Instant from,
    Duration length,
    int plays,
    List<Region> regions,
    Zones zones,
    double weekend,
    Sessions sessions,
    double duplicates,
    double late,
    double tooShort,
    Map<Fault, Double> faults,
    List<Push> pushes,
    List<Release> releases) {

  /**
   * @param plays that a listener makes in a row, on average
   * @param skips share of plays skipped after they count and before their end
   */
  public record Sessions(double plays, double skips) {}

  /**
   * @param at epoch milliseconds
   */
  public record Release(Predicate<Song> songs, long at) {
    private static final long DAY = 86_400_000;

    /** The day before, because regions hear of songs hours later; the push keeps the hour. */
    private Song dated(Song song) {
      var date = LocalDate.ofEpochDay(Math.floorDiv(at, DAY) - 1).toString();
      return !songs.test(song)
          ? song
          : new Song(
              song.songId(),
              song.title(),
              song.artist(),
              song.album(),
              song.genre(),
              song.durationMs(),
              date,
              song.language());
    }
  }

  /** The same with another seed and number of plays. */
  public Scenario with(long otherSeed, int otherPlays) {
    return new Scenario(
        shows,
        otherSeed,
        from,
        length,
        otherPlays,
        regions,
        zones,
        weekend,
        sessions,
        duplicates,
        late,
        tooShort,
        faults,
        pushes,
        releases);
  }

  public Instant to() {
    return from.plus(length);
  }

  /** The songs as they are released here. */
  public List<Song> released(List<Song> songs) {
    return songs.stream().map(this::dated).toList();
  }

  private Song dated(Song song) {
    var dated = song;
    for (Release release : releases) {
      dated = release.dated(dated);
    }
    return dated;
  }
}
