package topsongs.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import topsongs.contract.PlayEvent;
import topsongs.simulator.replay.Replay;
import topsongs.simulator.replay.SongFile.Details;
import topsongs.simulator.replay.Streams;

/** The songs and regions of a replay, and its listeners, who are nobody of a seeded crowd. */
final class ReplayCrowd {
  private static final long SEED = Dice.hash('R', 'P');

  private static final Details UNKNOWN = new Details(null, null);
  private static final int USUAL_LENGTH = 200_000;
  private static final int PLATFORMS = 6;

  private final Replay replay;
  private final Map<String, Integer> songNumbers = new LinkedHashMap<>();
  private final Map<String, Integer> regionNumbers = new LinkedHashMap<>();
  private final List<Song> songs = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();

  /**
   * @param details of its songs, by song_id, as far as they are known
   */
  ReplayCrowd(Replay replay, Map<String, Details> details) {
    this.replay = replay;
    for (Streams streams : replay.streams()) {
      if (songNumbers.putIfAbsent(streams.songId(), songs.size()) == null) {
        songs.add(song(streams, details.getOrDefault(streams.songId(), UNKNOWN)));
      }
      if (regionNumbers.putIfAbsent(streams.region(), regions.size()) == null) {
        regions.add(new Region(streams.region(), 1, Map.of(), Map.of(), Map.of()));
      }
    }
  }

  List<Song> songs() {
    return songs;
  }

  List<Region> regions() {
    return regions;
  }

  /**
   * Its plays arrive as they are, but for faults that were asked for.
   *
   * @param faults shares of plays, together at most 1
   */
  Stage stage(Map<Fault, Double> faults) {
    return new Stage(songs, regions, SEED, faults, 0, 0);
  }

  /** Hands out every play in the order of time. */
  void forEach(Consumer<Play> consumer) {
    var dice = new Dice(fingerprint());
    var songOf = numbers(songNumbers, Streams::songId);
    var regionOf = numbers(regionNumbers, Streams::region);
    replay.forEach(
        (index, listener, playedAt) ->
            consumer.accept(
                Play.of(
                    dice,
                    playedAt,
                    listener,
                    songOf[index],
                    regionOf[index],
                    length(songs.get(songOf[index])),
                    listener % PLATFORMS)));
  }

  private int[] numbers(Map<String, Integer> numbers, Function<Streams, String> name) {
    return replay.streams().stream()
        .mapToInt(streams -> numbers.getOrDefault(name.apply(streams), 0))
        .toArray();
  }

  /** Other charts, scales and ranges make plays of other ids: they add up and hide none. */
  private long fingerprint() {
    long hash = Dice.hash(SEED, replay.from(), replay.to());
    hash = Dice.hash(hash, replay.scale().plays(1_000_000_000L));
    for (Streams streams : replay.streams()) {
      hash = Dice.hash(hash, streams.songId().hashCode(), streams.region().hashCode());
      hash = Dice.hash(hash, streams.date().hashCode(), streams.streams());
    }
    return hash;
  }

  private static int length(Song song) {
    return song.durationMs() == null
        ? USUAL_LENGTH
        : Math.min(song.durationMs(), PlayEvent.MAX_MS_PLAYED);
  }

  private static Song song(Streams streams, Details details) {
    return new Song(
        streams.songId(),
        streams.title(),
        streams.artist(),
        null,
        details.genre(),
        details.durationMs(),
        null,
        null);
  }
}
