package topsongs.serving;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topsongs.serving.ChartResource.Balance;
import topsongs.serving.ChartResource.Change;
import topsongs.serving.Revisions.Placed;
import topsongs.serving.Revisions.Version;

/** What sets a revision apart from the one before it, in words that a person reads. */
record Difference(Version before, Version after, List<Placed> stood, List<Placed> stand) {
  Change change() {
    return new Change(plays(), ranks(), words());
  }

  private long plays() {
    return after.plays() - before.plays();
  }

  private boolean ranks() {
    return !stood.stream()
        .map(Difference::place)
        .toList()
        .equals(stand.stream().map(Difference::place).toList());
  }

  private static List<Object> place(Placed placed) {
    return List.of(placed.songId(), placed.rank());
  }

  private String words() {
    var told =
        Stream.of(playsInWords(), rulesInWords(), statusInWords(), movesInWords())
            .filter(words -> !words.isEmpty())
            .collect(joining("; "));
    return told.isEmpty() ? restInWords() : told;
  }

  /** Later plays are late where all there were had been told as final, by the same rules. */
  private String playsInWords() {
    var late = plays() > 0 && before.status().equals("final") && sameRules() ? "late " : "";
    return plays() == 0
        ? ""
        : String.format(
            Locale.ROOT, "%+,d %splay%s", plays(), late, Math.abs(plays()) == 1 ? "" : "s");
  }

  private String rulesInWords() {
    return sameRules()
        ? ""
        : "rules %s became %s".formatted(before.rulesVersion(), after.rulesVersion());
  }

  private boolean sameRules() {
    return before.rulesVersion().equals(after.rulesVersion());
  }

  private String statusInWords() {
    return before.status().equals(after.status()) ? "" : "status became " + after.status();
  }

  private String movesInWords() {
    var moves = new Moves(stood, stand).words();
    return moves.isEmpty() && ranks() ? "ties changed" : moves;
  }

  /** What changed where neither the total nor a place did. */
  private String restInWords() {
    var playsBefore = stood.stream().collect(toMap(Placed::songId, Placed::plays));
    var songs =
        stand.stream()
            .filter(song -> !Objects.equals(playsBefore.get(song.songId()), song.plays()))
            .count();
    var balance = inWords(before.balance(), after.balance());
    if (songs > 0) {
      return "plays of %d song%s changed".formatted(songs, songs == 1 ? "" : "s");
    }
    return balance.isEmpty() ? "listeners changed" : balance;
  }

  /** Such as {@code received 375 became 378, duplicate 7 became 10}. */
  private static String inWords(@Nullable Balance was, @Nullable Balance is) {
    if (was == null || is == null) {
      return "";
    }
    var fields = Csv.names(Balance.class).toList();
    var old = Csv.values(was).toList();
    var now = Csv.values(is).toList();
    return IntStream.range(0, fields.size())
        .filter(i -> !Objects.equals(old.get(i), now.get(i)))
        .mapToObj(i -> "%s %s became %s".formatted(fields.get(i), old.get(i), now.get(i)))
        .collect(joining(", "))
        .replace('_', ' ');
  }
}
