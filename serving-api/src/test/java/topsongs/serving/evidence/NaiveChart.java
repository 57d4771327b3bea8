package topsongs.serving.evidence;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import topsongs.contract.CountingRules;
import topsongs.serving.evidence.Evidence.Count;
import topsongs.serving.evidence.Evidence.Standing;

/** One chart by the rules of docs/data-contract.md, counted play by play. */
final class NaiveChart {
  /** A distinct play, and how often it was delivered. */
  record Heard(
      String user,
      String song,
      String region,
      int msPlayed,
      int deliveries,
      @Nullable Integer length) {
    boolean isLongEnough(CountingRules rules) {
      return msPlayed >= rules.minMsPlayed() || (length != null && msPlayed >= length);
    }
  }

  private final List<Heard> plays;
  private final CountingRules rules;
  private final Map<String, Long> playsBySong = new TreeMap<>();
  private final Map<String, Long> listenersBySong = new TreeMap<>();
  private long overCap;

  NaiveChart(ChartKey chart, List<Heard> all, CountingRules rules) {
    this.rules = rules;
    plays =
        all.stream()
            .filter(p -> chart.region().equals("GLOBAL") || p.region().equals(chart.region()))
            .toList();
    long cap = rules.cap(chart.period().granularity());
    counted().stream()
        .collect(groupingBy(play -> List.of(play.song(), play.user())))
        .forEach(
            (songAndUser, of) -> {
              var song = songAndUser.get(0);
              playsBySong.merge(song, Math.min(of.size(), cap), Long::sum);
              listenersBySong.merge(song, 1L, Long::sum);
              overCap += Math.max(of.size() - cap, 0);
            });
  }

  private List<Heard> counted() {
    return plays.stream().filter(play -> play.isLongEnough(rules)).toList();
  }

  Count count() {
    long unknown =
        playsBySong.entrySet().stream()
            .filter(song -> song.getKey().equals("unknown"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return new Count(
        playsBySong.values().stream().mapToLong(n -> n).sum(),
        counted().stream().map(Heard::user).distinct().count(),
        playsBySong.size(),
        plays.stream().mapToLong(Heard::deliveries).sum(),
        plays.stream().mapToLong(play -> play.deliveries() - 1).sum(),
        plays.size() - counted().size(),
        overCap,
        0,
        unknown);
  }

  /** Song and standing, in order. */
  List<Map.Entry<String, Standing>> standings() {
    var songs = new ArrayList<>(playsBySong.keySet());
    songs.sort(
        Comparator.comparing((String song) -> -of(playsBySong, song))
            .thenComparing(song -> -of(listenersBySong, song))
            .thenComparing(song -> song));
    var standings = new ArrayList<Map.Entry<String, Standing>>();
    for (var song : songs) {
      long its = of(playsBySong, song);
      var better = playsBySong.values().stream().filter(n -> n > its).count();
      var same = playsBySong.values().stream().filter(n -> n == its).count();
      var standing =
          new Standing(
              standings.size() + 1, (int) better + 1, same > 1, its, of(listenersBySong, song));
      standings.add(Map.entry(song, standing));
    }
    return standings;
  }

  private static long of(Map<String, Long> numbers, String song) {
    return numbers.getOrDefault(song, 0L);
  }
}
