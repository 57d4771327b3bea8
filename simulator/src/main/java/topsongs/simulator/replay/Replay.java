package topsongs.simulator.replay;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * As many plays of each song as its streams come to at a scale, spread evenly over a range of time.
 * Nothing in it is chance. Listeners hear one song at most five times, so that no cap holds.
 *
 * @param from epoch milliseconds, included
 * @param to epoch milliseconds, excluded
 */
public record Replay(List<Streams> streams, Scale scale, long from, long to) {
  /** Steps by it fall evenly however many there are. */
  private static final double GOLDEN_RATIO = 0.6180339887498949;

  private static final int MIN_TIMES_EACH = 3;
  private static final int MAX_TIMES_EACH = 5;

  /** Of all songs together. */
  public long plays() {
    return streams.stream().mapToLong(song -> scale.plays(song.streams())).sum();
  }

  /** Hands out every play in the order of time; holds one song's state each, never the plays. */
  public void forEach(Audience audience) {
    var next =
        new PriorityQueue<Track>(
            Comparator.comparingLong(Track::playedAt).thenComparingInt(track -> track.index));
    next.addAll(tracks());
    for (var track = next.poll(); track != null; track = next.poll()) {
      audience.hears(track.index, track.listener(), track.playedAt());
      if (++track.played < track.plays) {
        next.add(track);
      }
    }
  }

  private List<Track> tracks() {
    var tracks =
        IntStream.range(0, streams.size())
            .mapToObj(i -> new Track(i, scale.plays(streams.get(i).streams())))
            .filter(track -> track.plays > 0)
            .toList();
    var crowds = new TreeMap<String, Long>();
    tracks.forEach(track -> crowds.merge(track.region(), track.listeners, Math::max));
    var firstListeners = new HashMap<String, Long>();
    long first = 0;
    for (var crowd : crowds.entrySet()) {
      firstListeners.put(crowd.getKey(), first);
      first += crowd.getValue();
    }
    tracks.forEach(track -> track.firstListener = firstListeners.getOrDefault(track.region(), 0L));
    return tracks;
  }

  /** Takes one play. */
  public interface Audience {
    /**
     * @param index of the streams it stands for
     * @param listener number among those of all regions; everybody stays in one region
     * @param playedAt epoch milliseconds
     */
    void hears(int index, int listener, long playedAt);
  }

  /** One song in one region, and how far it has been played. */
  private final class Track {
    private final int index;
    private final long plays;
    private final long listeners;
    private final long firstAt;
    private long firstListener;
    private long played;

    private Track(int index, long plays) {
      this.index = index;
      this.plays = plays;
      int timesEach = MIN_TIMES_EACH + index % (MAX_TIMES_EACH - MIN_TIMES_EACH + 1);
      listeners = (plays + timesEach - 1) / timesEach;
      firstAt = (long) (index * GOLDEN_RATIO % 1 * (to - from));
    }

    private String region() {
      return streams.get(index).region();
    }

    private long playedAt() {
      return from + (played * (to - from) + firstAt) / plays;
    }

    private int listener() {
      return Math.toIntExact(firstListener + played % listeners);
    }
  }
}
