package topsongs.simulator.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.simulator.Failure;
import topsongs.simulator.ServingApi;

/** A day of three listeners, counted by hand. */
class RecountTest {
  private static final String SONGS =
      """
      {"song_id":"s-halo","title":"Halo","artist":"Ines","duration_ms":1}
      {"song_id":"s-ember","title":"Ember","artist":"Ines","duration_ms":200000}
      {"song_id":"s-inter","title":"Interlude","artist":"Ines","duration_ms":20000}
      {"song_id":"s-mute","title":null,"artist":"Ines","duration_ms":200000}
      {"song_id":"s-halo","title":"Halo","artist":"Ines","duration_ms":200000}
      """;

  private static final String HOUR_12 =
      """
      e01 ana s-halo  CA 2026-11-20T12:00:00Z 200000 2026-11-20T12:00:01Z 0 1
      e02 ben s-halo  CA 2026-11-20T12:59:59.999Z 30000 2026-11-20T13:00:01Z 1 1
      e03 cem s-ember CA 2026-11-20T12:10:00Z 200000 2026-11-20T12:10:01Z 2 1
      e04 ana s-ember JP 2026-11-20T12:20:00Z 200000 2026-11-20T12:20:01Z 0 2
      """;

  /** e10 came again from JP, later but under a lower offset, and the stream wrote that twice. */
  private static final String HOUR_13 =
      """
      e10 ana s-halo  CA 2026-11-20T13:00:00Z 200000 2026-11-20T13:00:01Z 0 4
      e10 ana s-halo  JP 2026-11-20T13:00:00Z 200000 2026-11-20T13:00:02Z 0 3
      e10 ana s-halo  JP 2026-11-20T13:00:00Z 200000 2026-11-20T13:00:02Z 0 3
      e11 ana s-ember CA 2026-11-20T13:01:00Z 200000 2026-11-20T13:01:01Z 0 5
      e12 ana s-ember CA 2026-11-20T13:02:00Z 200000 2026-11-20T13:02:01Z 0 6
      e13 ben s-ember CA 2026-11-20T13:03:00Z 200000 2026-11-20T13:03:01Z 1 2
      e14 cem s-inter CA 2026-11-20T13:04:00Z 20000  2026-11-20T13:04:01Z 2 2
      e15 cem s-inter CA 2026-11-20T13:05:00Z 19999  2026-11-20T13:05:01Z 2 3
      e16 ben s-mute  CA 2026-11-20T13:06:00Z 200000 2026-11-20T13:06:01Z 1 3
      """;

  private static final String HOUR_15 =
      "e30 ana s-halo CA 2026-11-20T15:00:00Z 200000 2026-11-20T15:00:01Z 0 8";

  private static final String SERVED =
      """
      GLOBAL hour 2026-11-20T12:00:00Z final | 4 3 2 | 4 4 0 0 0 0 0
      1 1 true s-ember 2 2 0.5 - new 1 1 1
      2 1 true s-halo  2 2 0.5 - new 1 1 1
      CA hour 2026-11-20T12:00:00Z final | 3 3 2 | 3 3 0 0 0 - 0
      1 1 false s-halo  2 2 0.666667 - new 1 1 1
      2 2 false s-ember 1 1 0.333333 - new 2 1 1
      JP hour 2026-11-20T12:00:00Z final | 1 1 1 | 1 1 0 0 0 - 0
      1 1 false s-ember 1 1 1.0 - new 1 1 1
      GLOBAL hour 2026-11-20T13:00:00Z final | 15 3 4 | 20 15 1 1 3 1 1
      1 1 false s-halo 10 1 0.666667 1 same 1 2 2
      2 2 false s-ember 3 2 0.2 1 down 1 2 2
      3 3 true s-inter 1 1 0.066667 - new 3 1 1
      4 3 true s-mute  1 1 0.066667 - new 3 1 1
      CA hour 2026-11-20T13:00:00Z final | 6 3 4 | 8 6 1 1 0 - 1
      1 1 false s-ember 3 2 0.5 2 up 1 2 2
      2 2 true s-halo  1 1 0.166667 1 down 1 2 2
      3 2 true s-inter 1 1 0.166667 - new 2 1 1
      4 2 true s-mute  1 1 0.166667 - new 2 1 1
      JP hour 2026-11-20T13:00:00Z final | 10 1 1 | 12 10 0 0 2 - 0
      1 1 false s-halo 10 1 1.000000 - new 1 1 1
      GLOBAL hour 2026-11-20T15:00:00Z final | 1 1 1 | 1 1 0 0 0 0 0
      1 1 false s-halo 1 1 1 - re_entry 1 3 1
      CA hour 2026-11-20T15:00:00Z final | 1 1 1 | 1 1 0 0 0 - 0
      1 1 false s-halo 1 1 1 - re_entry 1 3 1
      GLOBAL day 2026-11-20T00:00:00Z final | 23 3 4 | 25 23 1 1 0 1 1
      1 1 false s-halo 16 2 0.695652 - new 1 1 1
      2 2 false s-ember 5 3 0.217391 - new 2 1 1
      3 3 true s-inter 1 1 0.043478 - new 3 1 1
      4 3 true s-mute  1 1 0.043478 - new 3 1 1
      CA day 2026-11-20T00:00:00Z final | 10 3 4 | 12 10 1 1 0 - 1
      1 1 true s-ember 4 3 0.4 - new 1 1 1
      2 1 true s-halo  4 2 0.4 - new 1 1 1
      3 3 true s-inter 1 1 0.1 - new 3 1 1
      4 3 true s-mute  1 1 0.1 - new 3 1 1
      JP day 2026-11-20T00:00:00Z final | 13 1 2 | 13 13 0 0 0 - 0
      1 1 false s-halo 12 1 0.923077 - new 1 1 1
      2 2 false s-ember 1 1 0.076923 - new 2 1 1
      """;

  private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");
  private static final Recount.Scope ALL =
      new Recount.Scope(Instant.parse("0001-01-01T00:00:00Z"), EVER, EVER, false);

  private static final Instant BEFORE_ALL_CHARTS = Instant.parse("2026-11-20T00:00:00Z");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final Map<String, String> computedAt = new HashMap<>();
  private PlayedLake lake;
  private Instant now = Instant.parse("2026-11-21T06:00:00Z");

  @BeforeEach
  void play() throws Exception {
    lake = new PlayedLake(folder.resolve("lake"));
    lake.songs(SONGS, BEFORE_ALL_CHARTS);
    lake.append("12", HOUR_12);
    lake.append("13", HOUR_13 + twelveTimesHalo());
    lake.append("15", HOUR_15);
    lake.reject(
        "13",
        """
        {oops 2026-11-20T13:30:00Z 0 7
        {oops 2026-11-20T13:30:00Z 0 7
        """);
  }

  @Test
  void chartsOfTheLakesPlays_agree() throws Exception {
    assertThat(recount(ALL, SERVED)).as(out.toString()).isTrue();
    assertThat(out.toString())
        .contains("11 charts, 26 rows and 11 balances recounted from 25 plays: 0 charts differ")
        .contains("offsets: 26 records of 4 partitions, 0 missing");
  }

  /** Charted as if its plays had never been: only the offsets tell. */
  @Test
  void fileLostBeforeItWasCharted_isMissedByItsOffsets() throws Exception {
    lake.streamIsAt("{\"offsets\": {\"0\": 9, \"1\": 6, \"2\": 4, \"3\": 22}}");
    assertThat(recount(ALL, SERVED)).isFalse();
    assertThat(out.toString())
        .contains("  partition 1: offsets 4 to 5 are in neither plays/ nor rejected/")
        .contains("offsets: 28 records of 4 partitions, 2 missing")
        .contains(": 0 charts differ");
  }

  @Test
  void recordsBeyondTheStreamsProgress_areNotLookedFor() throws Exception {
    lake.streamIsAt("{\"offsets\": {\"0\": 3, \"1\": 3, \"2\": 4, \"3\": 22, \"4\": 9}}");
    assertThat(recount(ALL, SERVED)).as(out.toString()).isTrue();
    assertThat(out.toString()).contains("offsets: 19 records of 5 partitions, 0 missing");
  }

  @Test
  void firstRecordsOfAStreamThatBeganThisWeek_areMissed() throws Exception {
    lake.streamIsAt(
        """
        {"offsets": {"0": 9}, "first_offsets": {"0": 0}, "began_at": "2026-11-20T09:00:00Z",
         "complete_until": "2026-11-21T05:59:00Z"}""");
    assertThat(recount(ALL, SERVED)).isFalse();
    assertThat(out.toString()).contains("  partition 0: offsets 0 to 0 are in neither");
  }

  @Test
  void topicMadeAnew_isSaid_withoutInventedGaps() throws Exception {
    lake.append(
        "old",
        """
        e80 zoe s-old CA 2026-11-16T10:00:00Z 1 2026-11-16T10:00:01Z 0 1
        e81 zoe s-old CA 2026-11-16T10:00:02Z 1 2026-11-16T10:00:03Z 0 5000
        """);
    lake.streamIsAt("{\"offsets\": {\"0\": 9}, \"complete_until\": \"2026-11-21T05:59:00Z\"}");
    recount(ALL, SERVED);
    assertThat(out.toString())
        .contains("Partition 0 of the topic was made anew: records until 2026-11-16T10:00:03Z")
        .contains("offsets: 26 records of 4 partitions, 0 missing");
  }

  @Test
  void tamperedRow_isFound() throws Exception {
    var tampered =
        SERVED.replace(
            "1 1 false s-halo  2 2 0.666667 - new 1 1 1",
            "1 1 false s-halo  3 2 0.666667 - new 1 1 1");
    assertThat(recount(ALL, tampered)).isFalse();
    assertThat(out.toString())
        .contains("CA hour 2026-11-20T12:00:00Z", "position 1 plays: expected 2, got 3")
        .contains("1 charts differ");
  }

  @Test
  void swappedSongs_areToldByTheirIds() throws Exception {
    var tampered = SERVED.replace("3 3 true s-inter 1 1 0.066667", "3 3 true s-other 1 1 0.066667");
    assertThat(recount(ALL, tampered)).isFalse();
    assertThat(out.toString())
        .contains("position 3 song_id: expected s-inter (1 plays), got s-other (1 plays)");
  }

  @Test
  void rowTooMany_isFound() throws Exception {
    assertThat(recount(ALL, SERVED + "3 3 false s-more 0 0 0 - new 3 1 1\n")).isFalse();
    assertThat(out.toString()).contains("position 3 song_id: expected null, got s-more (0 plays)");
  }

  @Test
  void tamperedMovement_isFound_columnByColumn() throws Exception {
    var tampered =
        SERVED.replace(
            "1 1 false s-ember 3 2 0.5 2 up 1 2 2", "1 1 false s-ember 3 2 0.5 3 down 2 3 1");
    assertThat(recount(ALL, tampered)).isFalse();
    assertThat(out.toString())
        .contains("CA hour 2026-11-20T13:00:00Z")
        .contains("position 1 previous_rank: expected 2, got 3")
        .contains("position 1 movement: expected up, got down")
        .contains("position 1 peak_rank: expected 1, got 2")
        .contains("position 1 periods_on_chart: expected 2, got 3")
        .contains("position 1 streak: expected 2, got 1")
        .contains("Hint: only movement differs");
  }

  @Test
  void tamperedBalance_isFound() throws Exception {
    assertThat(recount(ALL, SERVED.replace("| 20 15 1 1 3 1 1", "| 20 15 2 1 2 1 1"))).isFalse();
    assertThat(out.toString())
        .contains("GLOBAL hour 2026-11-20T13:00:00Z")
        .contains("balance duplicate: expected 1, got 2")
        .contains("balance over_cap: expected 3, got 2");
  }

  @Test
  void songThatBecameKnownSince_isANoteAndNoDifference() throws Exception {
    var known = SONGS + "{\"song_id\":\"s-mute\",\"title\":\"T\",\"artist\":\"A\"}\n";
    lake.songs(known, BEFORE_ALL_CHARTS);
    assertThat(recount(ALL, SERVED)).isFalse();
    assertThat(out.toString()).contains("balance unknown_song: expected 0, got 1");

    out.getBuffer().setLength(0);
    lake.songs(known, Instant.parse("2026-11-21T00:01:01Z"));
    assertThat(recount(ALL, SERVED)).as(out.toString()).isTrue();
    assertThat(out.toString())
        .contains("unknown_song is that of an older catalogue, which is no difference: 4")
        .contains(": 0 charts differ");
  }

  @Test
  void catalogueWrittenSince_excusesNoOtherNumber() throws Exception {
    lake.songs(SONGS, Instant.parse("2026-11-21T00:01:01Z"));
    assertThat(recount(ALL, SERVED.replace("| 20 15 1 1 3 1 1", "| 20 15 2 1 2 1 0"))).isFalse();
    assertThat(out.toString())
        .contains("balance duplicate: expected 1, got 2")
        .doesNotContain("balance unknown_song")
        .contains("older catalogue, which is no difference: 1");
  }

  /** Its hour was charted before the song was known, the day after. */
  @Test
  void dayOfAnHourThatIsOlderThanTheCatalogue_isNoDifferenceEither() throws Exception {
    var known = SONGS + "{\"song_id\":\"s-mute\",\"title\":\"T\",\"artist\":\"A\"}\n";
    lake.songs(known, Instant.parse("2026-11-21T00:11:01Z"));
    computedAt.put("day", "2026-11-21T05:00:00Z");
    assertThat(recount(ALL, SERVED)).as(out.toString()).isTrue();

    computedAt.put("hour", "2026-11-21T05:00:00Z");
    assertThat(recount(ALL, SERVED)).isFalse();
  }

  @Test
  void tamperedTotals_areFound() throws Exception {
    assertThat(recount(ALL, SERVED.replace("| 15 3 4 |", "| 15 4 4 |"))).isFalse();
    assertThat(out.toString()).contains("  listeners: expected 3, got 4");
  }

  @Test
  void removedFile_isFound() throws Exception {
    removeHour(13);
    assertThat(recount(ALL, SERVED)).isFalse();
    assertThat(out.toString())
        .contains("GLOBAL hour 2026-11-20T13:00:00Z\n  chart: expected none, got 15 plays")
        .contains("GLOBAL day 2026-11-20T00:00:00Z\n  plays: expected 5, got 23")
        .contains("Hint: plays that the chart was made from and the lake lacks: 20;")
        .contains("  partition 0: offsets 3 to 6 are in neither plays/ nor rejected/");
  }

  @Test
  void missingChart_isFound() throws Exception {
    int jp = SERVED.indexOf("JP day");
    assertThat(recount(ALL, SERVED.substring(0, jp))).isFalse();
    assertThat(out.toString())
        .contains("JP day 2026-11-20T00:00:00Z\n  chart: expected 13 plays, got none");
  }

  @Test
  void latePlay_thatIsNotChartedYet_isADifferenceWithAHint() throws Exception {
    lake.append("late", "e40 cem s-halo CA 2026-11-20T15:30:00Z 200000 2026-11-21T05:59:00Z 2 4");
    assertThat(recount(ALL, SERVED)).isFalse();
    assertThat(out.toString())
        .contains("CA hour 2026-11-20T15:00:00Z\n  listeners: expected 2, got 1")
        .contains("Hint: plays of the lake that the chart was made without: 1;");
  }

  @Test
  void provisionalPeriod_isSkipped_unlessAskedFor() throws Exception {
    var wrong =
        SERVED
            .replace(
                "CA hour 2026-11-20T15:00:00Z final", "CA hour 2026-11-20T15:00:00Z provisional")
            .replace(
                "1 1 false s-halo 1 1 1 - re_entry 1 3 1", "1 1 false s-halo 1 1 1 - same 1 3 1");
    assertThat(recount(ALL, wrong)).as(out.toString()).isTrue();
    assertThat(out.toString()).contains("Periods skipped, because they run or are provisional: 1");
    assertThat(recount(new Recount.Scope(ALL.from(), EVER, EVER, true), wrong)).isFalse();
  }

  @Test
  void periodThatRuns_isSkipped() throws Exception {
    now = Instant.parse("2026-11-20T15:59:59Z");
    assertThat(recount(ALL, SERVED)).as(out.toString()).isTrue();
    assertThat(out.toString()).contains("or are provisional: 2").contains("6 charts, 14 rows");
  }

  @Test
  void range_comparesOnlyItsPeriods_butLooksBack() throws Exception {
    lake.append("21", "e50 ana s-halo CA 2026-11-21T00:10:00Z 200000 2026-11-21T00:10:01Z 0 9");
    var wrong = SERVED.replace("| 4 4 0 0 0 0 0", "| 5 5 0 0 0 0 0");
    assertThat(recount(scope("2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z"), wrong))
        .as(out.toString())
        .isTrue();
    assertThat(out.toString()).contains("6 charts, 19 rows and 6 balances");
    assertThat(out.toString()).doesNotContain("offsets: ");
  }

  @Test
  void pastThatHasLeftTheLake_isTakenAsServed() throws Exception {
    removeDayBefore21();
    lake.append("21", "e50 ana s-halo CA 2026-11-21T00:10:00Z 200000 2026-11-21T00:10:01Z 0 99");
    var later =
        """
        GLOBAL day 2026-11-21T00:00:00Z final | 1 1 1 | 1 1 0 0 0 0 0
        1 1 false s-halo 1 1 1 1 same 1 2 2
        CA day 2026-11-21T00:00:00Z final | 1 1 1 | 1 1 0 0 0 - 0
        1 1 false s-halo 1 1 1 1 same 1 2 2
        GLOBAL hour 2026-11-21T00:00:00Z final | 1 1 1 | 1 1 0 0 0 0 0
        1 1 false s-halo 1 1 1 - re_entry 1 4 1
        CA hour 2026-11-21T00:00:00Z final | 1 1 1 | 1 1 0 0 0 - 0
        1 1 false s-halo 1 1 1 - re_entry 1 4 1
        """;
    now = Instant.parse("2026-12-31T00:00:00Z");
    assertThat(recount(ALL, SERVED + later)).as(out.toString()).isTrue();
    assertThat(out.toString()).contains("because their plays have left the lake: 4");
  }

  /** The hours by version 3, the days by version 1: ana heard 80 minutes, and five bots looped. */
  @Test
  void chartsOfVersion3_areRecountedByIt_besideThoseOfVersion1() throws Exception {
    now = Instant.parse("2026-11-23T06:00:00Z");
    lake.append("abuse", abuse());
    var later =
        """
        GLOBAL hour 2026-11-22T03:00:00Z final 3 | 1 1 1 | 55 1 0 0 0 54 0 0
        1 1 false s-ember 1 1 1 - re_entry 1 3 1
        CA hour 2026-11-22T03:00:00Z final 3 | 1 1 1 | 5 1 0 0 0 4 - 0
        1 1 false s-ember 1 1 1 - re_entry 1 3 1
        JP hour 2026-11-22T03:00:00Z final 3 | 0 0 0 | 50 0 0 0 0 50 - 0
        GLOBAL day 2026-11-22T00:00:00Z final | 55 7 2 | 55 55 0 0 0 0 0 0
        1 1 false s-halo 54 6 0.981818 - re_entry 1 2 1
        2 2 false s-ember 1 1 0.018182 - re_entry 2 2 1
        CA day 2026-11-22T00:00:00Z final | 5 2 2 | 5 5 0 0 0 0 - 0
        1 1 false s-halo 4 1 0.8 - re_entry 1 2 1
        2 2 false s-ember 1 1 0.2 - re_entry 1 2 1
        JP day 2026-11-22T00:00:00Z final | 50 5 1 | 50 50 0 0 0 0 - 0
        1 1 false s-halo 50 5 1 - re_entry 1 2 1
        """;
    assertThat(recount(ALL, SERVED + later)).as(out.toString()).isTrue();

    assertThat(recount(ALL, SERVED + later.replace("| 5 1 0 0 0 4", "| 5 1 0 0 1 3"))).isFalse();
    assertThat(out.toString()).contains("balance excluded: expected 4, got 3");
  }

  @Test
  void chartOfAVersionThatThereIsNot_isADifference() throws Exception {
    var unknown =
        SERVED.replace(
            "CA hour 2026-11-20T15:00:00Z final", "CA hour 2026-11-20T15:00:00Z final 99");
    assertThat(recount(ALL, unknown)).isFalse();
    assertThat(out.toString()).contains("rules_version: expected 1, got 99");
  }

  @Test
  void nothingToCompare_isNoSuccess() {
    assertThatThrownBy(() -> recount(scope("2001-01-01T00:00:00Z", "2001-01-02T00:00:00Z"), SERVED))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot recount: no period to compare");
  }

  @Test
  void idsAreOrderedByCodePoint_notByChar() throws Exception {
    var far = Instant.parse("2026-11-21T03:00:00Z");
    lake.append(
        "ties",
        """
        e60 ana 𐐷 CA %1$s 200000 %1$s 0 9
        e61 ben Ａ CA %1$s 200000 %1$s 0 10
        """
            .formatted(far));
    var hour =
        """
        %2$s hour %1$s final | 2 2 2 | 2 2 0 0 0 %3$s 2
        1 1 true Ａ 1 1 0.5 - new 1 1 1
        2 1 true 𐐷 1 1 0.5 - new 1 1 1
        """;
    var served = hour.formatted(far, "GLOBAL", "0") + hour.formatted(far, "CA", "-");
    assertThat(recount(scope(far.toString(), "2026-11-21T04:00:00Z"), served))
        .as(out.toString())
        .isTrue();
  }

  private boolean recount(Recount.Scope scope, String served) throws Exception {
    try (var serving = new ServedCharts(served, computedAt)) {
      var environment = Map.of("TOP_SONGS_LAKE", "file://" + lake.root());
      var clock = Clock.fixed(now, ZoneOffset.UTC);
      return new Recount(
              environment, new ServingApi(serving.url()), new PrintWriter(out, true), clock)
          .agrees(scope);
    }
  }

  private static Recount.Scope scope(String from, String to) {
    return new Recount.Scope(Instant.parse(from), Instant.parse(to), EVER, false);
  }

  private void removeHour(int hour) throws IOException {
    removeFiles(lake.root().resolve("plays/event_date=2026-11-20/event_hour=" + hour));
  }

  private void removeDayBefore21() throws IOException {
    removeFiles(lake.root().resolve("plays/event_date=2026-11-20"));
  }

  private static void removeFiles(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted((a, b) -> b.compareTo(a))::iterator) {
        Files.delete(file);
      }
    }
  }

  private static String abuse() {
    var plays = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      plays.append(
          "a%1$d ana s-halo CA 2026-11-22T03:00:0%1$dZ 1200000 2026-11-22T03:00:30Z 7 %1$d%n"
              .formatted(i));
    }
    plays.append("b0 ben s-ember CA 2026-11-22T03:10:00Z 200000 2026-11-22T03:10:01Z 8 0\n");
    for (int i = 0; i < 50; i++) {
      plays.append(
          "l%1$d bot-%2$d s-halo JP 2026-11-22T03:%3$02d:00Z 200000 2026-11-22T04:00:00Z 9 %1$d%n"
              .formatted(i, i % 5, i));
    }
    return plays.toString();
  }

  /** Two more than count in an hour. */
  private static String twelveTimesHalo() {
    var plays = new StringBuilder();
    for (int i = 10; i < 22; i++) {
      plays.append(
          "e%1$d-jp ana s-halo JP 2026-11-20T13:%1$d:30Z 200000 2026-11-20T14:00:00Z 3 %1$d%n"
              .formatted(i));
    }
    return plays.toString();
  }
}
