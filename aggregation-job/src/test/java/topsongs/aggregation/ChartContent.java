package topsongs.aggregation;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Lake;

/** What a chart says, and how Spark writes it: {@link Counting#asContent}. */
record ChartContent(
    String region,
    String status,
    String rules,
    long plays,
    long listeners,
    long songs,
    Balance balance,
    List<Entry> entries) {
  private static final Comparator<String> BY_CODE_POINT =
      (one, other) -> Arrays.compareUnsigned(utf8(one), utf8(other));

  record Balance(
      long received,
      long counted,
      long duplicate,
      long tooShort,
      long overCap,
      @Nullable Long rejected,
      long unknownSong) {}

  record Played(String songId, long plays, long listeners) {}

  record Entry(int position, int rank, boolean tied, Played song) {}

  /** A final chart of these songs; what is received and does not count is a duplicate. */
  static ChartContent of(String region, long received, List<Played> songs) {
    var plays = songs.stream().mapToLong(Played::plays).sum();
    var balance = new Balance(received, plays, received - plays, 0, 0, null, 0);
    return new ChartContent(
        region, "final", "1", plays, plays / 2, songs.size(), balance, best(songs));
  }

  /** In order and ranked as rankSongs would have it. */
  private static List<Entry> best(List<Played> songs) {
    var inOrder =
        songs.stream()
            .sorted(
                comparing(Played::plays)
                    .thenComparing(Played::listeners)
                    .reversed()
                    .thenComparing(Played::songId, BY_CODE_POINT))
            .toList();
    return IntStream.range(0, Math.min(Lake.CHART_SIZE, songs.size()))
        .mapToObj(i -> entry(i, inOrder))
        .toList();
  }

  private static Entry entry(int index, List<Played> inOrder) {
    var song = inOrder.get(index);
    var better = inOrder.stream().filter(other -> other.plays > song.plays).count();
    var equal = inOrder.stream().filter(other -> other.plays == song.plays).count();
    return new Entry(index + 1, (int) better + 1, equal > 1, song);
  }

  ChartContent as(String newStatus, String newRules, Balance newBalance) {
    return new ChartContent(
        region, newStatus, newRules, plays, listeners, songs, newBalance, entries);
  }

  Charts.Chart chart() {
    return new Charts.Chart(region, json(), hash());
  }

  String hash() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(json())));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JVM has it.
    }
  }

  private String json() {
    return """
    {"region":"%s","status":"%s","rules_version":"%s","plays":%d,"listeners":%d,"songs":%d,\
    "balance":{"received":%d,"counted":%d,"duplicate":%d,"too_short":%d,"over_cap":%d,\
    %s"unknown_song":%d},"entries":[%s]}"""
        .formatted(
            region,
            status,
            rules,
            plays,
            listeners,
            songs,
            balance.received,
            balance.counted,
            balance.duplicate,
            balance.tooShort,
            balance.overCap,
            balance.rejected == null ? "" : "\"rejected\":%d,".formatted(balance.rejected),
            balance.unknownSong,
            entries.stream().map(ChartContent::json).collect(joining(",")));
  }

  private static String json(Entry entry) {
    return """
    {"position":%d,"rank":%d,"tied":%b,"song_id":"%s","plays":%d,"listeners":%d}"""
        .formatted(
            entry.position,
            entry.rank,
            entry.tied,
            entry.song.songId.replace("\\", "\\\\").replace("\"", "\\\""),
            entry.song.plays,
            entry.song.listeners);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
