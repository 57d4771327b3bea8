package topsongs.simulator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.contract.Period;
import topsongs.contract.Regions;

/**
 * Knows the charts that the plays must make, by counting them naively: no code is shared with the
 * jobs that it is there to check. Thread-safe while plays arrive.
 */
final class Truth {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Comparator<Heard> CHART_ORDER =
      Comparator.comparingLong((Heard heard) -> -heard.plays)
          .thenComparingLong(heard -> -heard.listeners)
          .thenComparing(heard -> heard.utf8, Arrays::compareUnsigned); // code-point order

  private final List<Song> songs;
  private final List<Region> regions;
  private final CountingRules rules;
  private final TreeMap<Instant, List<Play>> received = new TreeMap<>();

  Truth(List<Song> songs, List<Region> regions, CountingRules rules) {
    this.songs = songs;
    this.regions = regions;
    this.rules = rules;
  }

  /** Takes a play that ingestion-api has acknowledged, duplicates included. */
  synchronized void received(Play play) {
    var hour = Granularity.HOUR.floor(Instant.ofEpochMilli(play.playedAt()));
    received.computeIfAbsent(hour, h -> new ArrayList<>()).add(play);
  }

  /**
   * Writes one chart a line; returns how many.
   *
   * @throws Failure when the file cannot be written
   */
  synchronized int write(Path file) {
    int written = 0;
    try (var out = writer(file)) {
      for (Chart chart : (Iterable<Chart>) charts()::iterator) {
        out.append(JSON.writeValueAsString(chart)).append('\n');
        written++;
      }
    } catch (IOException e) {
      throw new Failure("Cannot write truth to %s: %s".formatted(file, e));
    }
    return written;
  }

  private static BufferedWriter writer(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
  }

  /** Every chart of every hour touched, then of every day. */
  Stream<Chart> charts() {
    var hours = new TreeMap<Instant, List<Play>>();
    var days = new TreeMap<Instant, List<Play>>();
    received.forEach(
        (hour, deliveries) -> {
          var plays = eachOnce(deliveries);
          hours.put(hour, plays);
          days.computeIfAbsent(Granularity.DAY.floor(hour), d -> new ArrayList<>()).addAll(plays);
        });
    return Stream.concat(charts(Granularity.HOUR, hours), charts(Granularity.DAY, days));
  }

  private Stream<Chart> charts(Granularity granularity, TreeMap<Instant, List<Play>> byStart) {
    return byStart.entrySet().stream()
        .flatMap(e -> charts(new Period(granularity, e.getKey()), e.getValue()).stream());
  }

  private static List<Play> eachOnce(List<Play> deliveries) {
    var seen = new HashSet<Identity>();
    return deliveries.stream()
        .filter(play -> seen.add(new Identity(play.idHigh(), play.idLow(), play.playedAt())))
        .toList();
  }

  private List<Chart> charts(Period period, List<Play> plays) {
    var byRegion = new TreeMap<String, List<Play>>();
    byRegion.put(Regions.GLOBAL, plays);
    for (Play play : plays) {
      byRegion.computeIfAbsent(regions.get(play.region()).code(), r -> new ArrayList<>()).add(play);
    }
    var charts = new ArrayList<Chart>();
    byRegion.forEach((region, heardThere) -> charts.add(chart(region, period, heardThere)));
    return charts;
  }

  private Chart chart(String region, Period period, List<Play> plays) {
    int cap = rules.cap(period.granularity());
    var bySong = new HashMap<Integer, Heard>();
    var listeners = new HashSet<Integer>();
    playsByListenerAndSong(plays)
        .forEach(
            (pair, count) -> {
              int song = pair.intValue();
              bySong.computeIfAbsent(song, this::heard).add(Math.min(count, cap));
              listeners.add((int) (pair >>> 32));
            });
    long total = bySong.values().stream().mapToLong(heard -> heard.plays).sum();
    return new Chart(
        region,
        period.granularity().wireName(),
        period.start().toString(),
        total,
        listeners.size(),
        bySong.size(),
        rank(bySong.values()));
  }

  /** Counted plays, before the cap, by listener in the upper and song in the lower half. */
  private Map<Long, Integer> playsByListenerAndSong(List<Play> plays) {
    var counts = new HashMap<Long, Integer>();
    for (Play play : plays) {
      if (counts(play)) {
        counts.merge((long) play.listener() << 32 | play.song(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private boolean counts(Play play) {
    var whole = songs.get(play.song()).durationMs();
    return play.msPlayed() >= rules.minMsPlayed() || (whole != null && play.msPlayed() >= whole);
  }

  private static List<Chart.Entry> rank(Collection<Heard> heard) {
    var ordered = heard.stream().sorted(CHART_ORDER).toList();
    var entries = new ArrayList<Chart.Entry>();
    int rank = 1;
    for (int i = 0; i < Math.min(ordered.size(), Lake.CHART_SIZE); i++) {
      var song = ordered.get(i);
      boolean likeBefore = i > 0 && ordered.get(i - 1).plays == song.plays;
      boolean likeAfter = i + 1 < ordered.size() && ordered.get(i + 1).plays == song.plays;
      rank = likeBefore ? rank : i + 1;
      entries.add(
          new Chart.Entry(
              i + 1, rank, likeBefore || likeAfter, song.songId, song.plays, song.listeners));
    }
    return entries;
  }

  private Heard heard(int song) {
    return new Heard(songs.get(song).songId());
  }

  private record Identity(long idHigh, long idLow, long playedAt) {}

  /** What one song has in one chart. */
  private static final class Heard {
    private final String songId;
    private final byte[] utf8;
    private long plays;
    private long listeners;

    private Heard(String songId) {
      this.songId = songId;
      utf8 = songId.getBytes(StandardCharsets.UTF_8);
    }

    private void add(int playsOfListener) {
      plays += playsOfListener;
      listeners++;
    }
  }
}
