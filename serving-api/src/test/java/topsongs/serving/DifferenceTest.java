package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import topsongs.serving.ChartResource.Balance;
import topsongs.serving.ChartResource.Change;
import topsongs.serving.Revisions.Placed;
import topsongs.serving.Revisions.Version;

/** What a person reads of a revision. Songs are named by a letter, and stand as they are listed. */
class DifferenceTest {
  private static final Balance BALANCE = new Balance(130, 100, 20, 10, 0, 0, null, 0);
  private static final Version FINAL = version("final", "1", 100, BALANCE);

  @Test
  void morePlaysThanWereFinal_areLate() {
    assertThat(words(FINAL, version("final", "1", 137, BALANCE))).isEqualTo("+37 late plays");
    assertThat(words(FINAL, version("final", "1", 101, BALANCE))).isEqualTo("+1 late play");
    assertThat(words(FINAL, version("final", "1", 12_445, BALANCE)))
        .isEqualTo("+12,345 late plays");
  }

  @Test
  void fewerPlays_andPlaysOfAHeldChart_areNotLate() {
    assertThat(words(FINAL, version("final", "1", 88, BALANCE))).isEqualTo("-12 plays");
    assertThat(words(version("held", "1", 100, BALANCE), version("held", "1", 101, BALANCE)))
        .isEqualTo("+1 play");
  }

  @Test
  void rulesThatChanged_areSaid_andTheirPlaysAreNotLate() {
    assertThat(words(FINAL, version("final", "2", 137, BALANCE)))
        .isEqualTo("+37 plays; rules 1 became 2");
  }

  @Test
  void statusThatChanged_isSaid() {
    assertThat(words(version("held", "1", 100, BALANCE), FINAL)).isEqualTo("status became final");
    assertThat(words(FINAL, version("held", "1", 101, BALANCE)))
        .isEqualTo("+1 late play; status became held");
  }

  @Test
  void songsThatSwapped() {
    assertThat(moves("abcde", "abced")).isEqualTo("#4 and #5 swapped");
    assertThat(moves("abcde", "ebcda")).isEqualTo("#1 and #5 swapped");
    assertThat(moves("abcd", "badc")).isEqualTo("#1 and #2 swapped; #3 and #4 swapped");
  }

  @Test
  void songThatCameIn_isSaid_andNotThoseItMovedDown() {
    assertThat(moves("abcd", "aXbc")).isEqualTo("new at #2: X; gone from #4: d");
    assertThat(moves("abcd", "Xabcd")).isEqualTo("new at #1: X");
    assertThat(moves("abcd", "acd")).isEqualTo("gone from #2: b");
  }

  @Test
  void songThatPassedSeveral_isSaid_andNotThoseItPassed() {
    assertThat(moves("abcdef", "aebcdf")).isEqualTo("up from #5 to #2: e");
    assertThat(moves("abcdef", "acdebf")).isEqualTo("down from #2 to #5: b");
  }

  @Test
  void swapBelowASongThatCameIn_isOneOfThePlacesNow() {
    assertThat(moves("abcde", "Xabced")).isEqualTo("new at #1: X; #5 and #6 swapped");
  }

  @Test
  void onlyTheMovesNearestToTheTopAreTold() {
    assertThat(moves("abcdefghijkl", "badcfehgjilk"))
        .isEqualTo(
            "#1 and #2 swapped; #3 and #4 swapped; #5 and #6 swapped; #7 and #8 swapped; and 2 more");
  }

  @Test
  void tieThatBroke_isARankThatChanged() {
    var tied = List.of(placed(1, 1, "a", 50), placed(2, 1, "b", 50));
    var broken = List.of(placed(1, 1, "a", 50), placed(2, 2, "b", 50));
    var change = new Difference(FINAL, FINAL, tied, broken).change();
    assertThat(change).isEqualTo(new Change(0, true, "ties changed"));
  }

  @Test
  void withoutRanks_theChangeSaysSo() {
    var change =
        new Difference(FINAL, version("final", "1", 137, BALANCE), songs("ab"), songs("ab"));
    assertThat(change.change()).isEqualTo(new Change(37, false, "+37 late plays"));
  }

  @Test
  void whereNothingElseChanged_theBalanceIsTold() {
    var balance = new Balance(133, 100, 22, 11, 0, 0, 4L, 0);
    assertThat(words(FINAL, version("final", "1", 100, balance)))
        .isEqualTo(
            "received 130 became 133, duplicate 20 became 22, too short 10 became 11, rejected null became 4");
  }

  @Test
  void whereOnlyEntriesChanged_theirNumberIsTold() {
    var before = List.of(placed(1, 1, "a", 50), placed(2, 2, "b", 40));
    var after = List.of(placed(1, 1, "a", 51), placed(2, 2, "b", 40));
    assertThat(new Difference(FINAL, FINAL, before, after).change().words())
        .isEqualTo("plays of 1 song changed");
    assertThat(new Difference(FINAL, FINAL, before, before).change().words())
        .isEqualTo("listeners changed");
  }

  @Test
  void titlesAreTold_idsWhereThereIsNone_bothShortened() {
    assertThat(said("Velvet\n Halo")).isEqualTo("new at #1: Velvet Halo");
    assertThat(said(null)).isEqualTo("new at #1: s-1");
    assertThat(said("🎵".repeat(41))).isEqualTo("new at #1: " + "🎵".repeat(39) + "…");
    assertThat(said("🎵".repeat(40))).isEqualTo("new at #1: " + "🎵".repeat(40));
  }

  private static String said(@Nullable String title) {
    return new Difference(FINAL, FINAL, List.of(), List.of(new Placed(1, 1, "s-1", title, 5)))
        .change()
        .words();
  }

  @Test
  void wordsAreBounded_whateverChanged() {
    var random = new Random(20261127);
    for (int i = 0; i < 200; i++) {
      var before = shuffled(random);
      var after = shuffled(random);
      var change =
          new Difference(
                  version("held", "1", Long.MAX_VALUE / 2, BALANCE),
                  version("provisional", "10", 0, BALANCE),
                  before,
                  after)
              .change();
      assertThat(change.words()).hasSizeBetween(1, 400).contains("; and ");
      assertThat(change.ranks()).isTrue();
    }
  }

  /** A hundred of 130 songs with long titles. */
  private static List<Placed> shuffled(Random random) {
    var songs = new ArrayList<>(IntStream.range(0, 130).boxed().toList());
    Collections.shuffle(songs, random);
    return IntStream.range(0, 100)
        .mapToObj(
            i -> new Placed(i + 1, i + 1, "s-" + songs.get(i), "t".repeat(60) + songs.get(i), 9))
        .toList();
  }

  private static String moves(String before, String after) {
    return new Difference(FINAL, FINAL, songs(before), songs(after)).change().words();
  }

  private static String words(Version before, Version after) {
    return new Difference(before, after, songs("ab"), songs("ab")).change().words();
  }

  private static List<Placed> songs(String letters) {
    return IntStream.range(0, letters.length())
        .mapToObj(i -> placed(i + 1, i + 1, letters.substring(i, i + 1), 1000 - letters.charAt(i)))
        .toList();
  }

  private static Placed placed(int position, int rank, String song, long plays) {
    return new Placed(position, rank, song, song, plays);
  }

  private static Version version(String status, String rules, long plays, Balance balance) {
    return new Version(1, status, Instant.EPOCH, rules, null, plays, balance);
  }
}
