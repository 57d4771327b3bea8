package topsongs.aggregation;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;

/**
 * A chart by plain loops that follow docs/data-contract.md word by word and share no code with the
 * job: what {@link Counting} must come to.
 */
final class NaiveChart {
  private static final String GLOBAL = "GLOBAL";
  private static final int SONGS_ON_CHART = 100;

  private final CountingRules rules;
  private final NaiveFlags flags;
  private final int cap;
  private final List<EnrichedPlay> counted = new ArrayList<>();
  private long received;
  private long duplicate;
  private long tooShort;
  private long overCap;
  private long excluded;

  private NaiveChart(
      List<EnrichedPlay> plays, NaiveFlags flags, Granularity granularity, CountingRules rules) {
    this.rules = rules;
    this.flags = flags;
    this.cap = granularity == Granularity.HOUR ? rules.maxPlaysPerHour() : rules.maxPlaysPerDay();
    count(plays);
  }

  /** The charts of one period, by region, as the JSON that goes to PostgreSQL. */
  static List<String> charts(
      List<EnrichedPlay> plays, Granularity granularity, CountingRules rules) {
    var charts = new TreeMap<String, String>();
    var flags = new NaiveFlags(plays, rules);
    plays.stream()
        .flatMap(play -> Stream.of(play, play.in(GLOBAL)))
        .collect(groupingBy(EnrichedPlay::region))
        .forEach(
            (region, its) ->
                charts.put(region, new NaiveChart(its, flags, granularity, rules).json(region)));
    return List.copyOf(charts.values());
  }

  private void count(List<EnrichedPlay> plays) {
    var perListener = new HashMap<List<String>, Integer>();
    for (var play : plays) {
      received += play.deliveries();
      duplicate += play.deliveries() - 1;
      if (flags.excludes(play)) {
        excluded++;
      } else if (!isLongEnough(play, rules)) {
        tooShort++;
      } else if (perListener.merge(List.of(play.userId(), play.songId()), 1, Integer::sum) > cap) {
        overCap++;
      } else {
        counted.add(play);
      }
    }
  }

  static boolean isLongEnough(EnrichedPlay play, CountingRules rules) {
    var length = play.durationMs();
    return play.msPlayed() >= rules.minMsPlayed() || (length != null && play.msPlayed() >= length);
  }

  private String json(String region) {
    var songs = ranked();
    return """
        {"region":"%s","status":"final","rules_version":"%s","plays":%d,"listeners":%d,"songs":%d,\
        "balance":%s,"entries":[%s]}"""
        .formatted(
            region,
            rules.version(),
            counted.size(),
            listeners(counted),
            songs.size(),
            balance(region),
            String.join(",", entries(songs)));
  }

  private String balance(String region) {
    return """
        {"received":%d,"counted":%d,"duplicate":%d,"too_short":%d,"over_cap":%d,%s%s"unknown_song":%d}"""
        .formatted(
            received,
            counted.size(),
            duplicate,
            tooShort,
            overCap,
            excluded > 0 ? "\"excluded\":%d,".formatted(excluded) : "",
            region.equals(GLOBAL) ? "\"rejected\":0," : "",
            counted.stream().filter(play -> play.title() == null).count());
  }

  private record Song(String id, long plays, long listeners) {}

  private List<Song> ranked() {
    var songs = new ArrayList<Song>();
    counted.stream()
        .collect(groupingBy(EnrichedPlay::songId))
        .forEach((id, plays) -> songs.add(new Song(id, plays.size(), listeners(plays))));
    songs.sort(
        comparing(Song::plays)
            .thenComparing(Song::listeners)
            .reversed()
            .thenComparing(song -> song.id().codePoints().toArray(), Arrays::compare));
    return songs;
  }

  private static List<String> entries(List<Song> songs) {
    return IntStream.range(0, Math.min(songs.size(), SONGS_ON_CHART))
        .mapToObj(i -> entry(songs, i))
        .toList();
  }

  private static String entry(List<Song> songs, int index) {
    var song = songs.get(index);
    var better = songs.stream().filter(other -> other.plays() > song.plays()).count();
    var equal = songs.stream().filter(other -> other.plays() == song.plays()).count();
    return """
        {"position":%d,"rank":%d,"tied":%b,"song_id":"%s","plays":%d,"listeners":%d}"""
        .formatted(index + 1, better + 1, equal > 1, song.id(), song.plays(), song.listeners());
  }

  private static long listeners(List<EnrichedPlay> plays) {
    return plays.stream().map(EnrichedPlay::userId).collect(toSet()).size();
  }
}
