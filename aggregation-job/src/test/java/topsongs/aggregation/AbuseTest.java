package topsongs.aggregation;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_DUST_AT_13_05;
import static topsongs.aggregation.EnrichedPlay.ANA_PLAYS_HALO_AT_13_59;
import static topsongs.aggregation.EnrichedPlay.BEN_PLAYS_DUST_AT_13_10;
import static topsongs.aggregation.EnrichedPlay.EVE_PLAYS_RUST_AT_13_20;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;

/** Each kind of flag on both sides of its border, and what rules that exclude it count. */
class AbuseTest {
  private static final CountingRules RULES = CountingRules.load("1");
  private static final CountingRules EXCLUDING = CountingRules.load("3");
  private static final Instant SETTLED = Instant.parse("2100-01-01T00:00:00Z");
  private static final Instant AT_13 = Instant.parse("2026-11-22T13:00:00Z");

  /** 20 minutes to the millisecond, from 13:00 on. */
  private static final EnrichedPlay ANA_HEARS_HALO_FOR_20_MINUTES =
      ANA_PLAYS_HALO_AT_13_59.at(AT_13).heardFor(1_200_000);

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start(Map.of());
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void elevenPlaysThatCount_areOverTheCap() {
    assertThat(flags(ANA_PLAYS_HALO_AT_13_59.times(11)))
        .containsExactly("2026-11-22 13 over_cap CA ana halo 11");
  }

  @Test
  void tenPlays_areNot_norAreShortOnesBesides() {
    assertThat(
            flags(
                ANA_PLAYS_HALO_AT_13_59.times(10),
                ANA_PLAYS_HALO_AT_13_59.heardFor(29_999).times(5)))
        .isEmpty();
  }

  @Test
  void deliveriesOfOnePlay_areOnePlay() {
    assertThat(flags(ANA_PLAYS_HALO_AT_13_59.delivered(100).times(1))).isEmpty();
  }

  @Test
  void playsOfOneSongInTwoRegions_areOverTheCapOfTheWorld() {
    assertThat(flags(ANA_PLAYS_HALO_AT_13_59.times(6), ANA_PLAYS_HALO_AT_13_59.in("FR").times(5)))
        .containsExactly("2026-11-22 13 over_cap null ana halo 11");
  }

  @Test
  void playsOfTwoHours_areLookedAtHourByHour() {
    var later = ANA_PLAYS_HALO_AT_13_59.at(AT_13.plus(Duration.ofHours(1)));

    assertThat(flags(ANA_PLAYS_HALO_AT_13_59.times(10), later.times(10))).isEmpty();
  }

  @Test
  void anHourWithinTheHour_isPossible() {
    assertThat(flags(ANA_HEARS_HALO_FOR_20_MINUTES.times(3))).isEmpty();
  }

  @Test
  void oneMillisecondMore_isNot() {
    assertThat(
            flags(
                ANA_HEARS_HALO_FOR_20_MINUTES.times(2),
                ANA_HEARS_HALO_FOR_20_MINUTES.of("dust").in("FR").heardFor(1_200_001).times(1)))
        .containsExactly("2026-11-22 13 impossible null ana null 3");
  }

  @Test
  void whatIsHeardAfterTheHour_isNotOfTheHour() {
    var allDay = ANA_PLAYS_HALO_AT_13_59.at(AT_13).heardFor(86_400_000);
    var lastMillisecond = ANA_PLAYS_HALO_AT_13_59.heardFor(86_400_000);

    assertThat(flags(allDay.times(1))).isEmpty();
    assertThat(flags(allDay.times(1), lastMillisecond.times(1)))
        .containsExactly("2026-11-22 13 impossible CA ana null 2");
  }

  @Test
  void fiveListenersWhoLoopOneSong_areALoop() {
    assertThat(flags(loopers(5, 10, 2)))
        .containsExactly(
            "2026-11-22 13 loop CA bot-0 halo 10",
            "2026-11-22 13 loop CA bot-1 halo 10",
            "2026-11-22 13 loop CA bot-2 halo 10",
            "2026-11-22 13 loop CA bot-3 halo 10",
            "2026-11-22 13 loop CA bot-4 halo 10");
  }

  @Test
  void shortPlays_loopToo() {
    var plays = loopers(5, 10, 0).stream().map(play -> play.heardFor(1)).toList();

    assertThat(flags(plays)).hasSize(5);
  }

  @Test
  void fourListeners_areNone() {
    assertThat(flags(loopers(4, 10, 0))).isEmpty();
  }

  @Test
  void ninePlays_areNone() {
    assertThat(flags(loopers(5, 9, 0))).isEmpty();
  }

  @Test
  void whoHearsMoreThanAFifthOfOtherSongs_doesNotLoop() {
    assertThat(flags(loopers(5, 11, 3))).noneMatch(flag -> flag.contains("loop"));
  }

  @Test
  void loopersOfTwoRegions_areNotTogether() {
    var inFrance =
        loopers(6, 10, 0).stream()
            .map(play -> play.by(play.userId() + "-fr").in("FR"))
            .filter(play -> !play.userId().startsWith("bot-5"))
            .toList();

    assertThat(flags(loopers(4, 10, 0), inFrance))
        .hasSize(5)
        .allMatch(flag -> flag.contains("loop FR"));
  }

  @Test
  void loopersOfTwoSongs_areNotTogether() {
    var others = loopers(8, 10, 0).stream().filter(play -> play.userId().compareTo("bot-4") >= 0);

    assertThat(flags(loopers(4, 10, 0), others.map(play -> play.of("dust")).toList())).isEmpty();
  }

  @Test
  void columns_areThoseOfTheContract() {
    assertThat(Abuse.flags(EnrichedPlay.rows(spark, List.of()), RULES).schema().simpleString())
        .isEqualTo(StructType.fromDDL(Lake.FLAGS_SCHEMA).simpleString());
  }

  @Test
  void inPostgres_aLoopIsOneFlagAndAListenerAPartOfAHash() {
    var plays = new ArrayList<>(loopers(5, 11, 0));
    plays.addAll(ANA_HEARS_HALO_FOR_20_MINUTES.times(4));
    var flags = Abuse.flags(EnrichedPlay.rows(spark, plays), RULES);

    assertThat(texts(Abuse.asContent(flags), "concat(period_start, concat_ws('', contents))"))
        .singleElement()
        .asString()
        .startsWith("2026-11-22T13{")
        .contains(
            """
            {"kind":"impossible","region":"CA","listener":"24d4b96f58da","plays":4,"listeners":1,"minutes":80}""",
            """
            {"kind":"loop","region":"CA","song_id":"halo","plays":55,"listeners":5}""")
        .contains("\"kind\":\"over_cap\",\"region\":\"CA\",\"listener\":\"")
        .doesNotContain("ana", "bot-");
  }

  @Test
  void flags_changeNoCountOfVersion1() {
    assertThat(balanceOf("CA", RULES, loopers(5, 11, 1), ANA_HEARS_HALO_FOR_20_MINUTES.times(4)))
        .isEqualTo(
            "received 64, counted 59, duplicate 0, too short 0, over cap 5, excluded 0: final");
  }

  @Test
  void impossibleListener_isExcludedFromTheHourWithAllPlays() {
    var plays =
        List.of(
            ANA_HEARS_HALO_FOR_20_MINUTES.delivered(3),
            ANA_HEARS_HALO_FOR_20_MINUTES,
            ANA_HEARS_HALO_FOR_20_MINUTES,
            ANA_PLAYS_DUST_AT_13_05,
            ANA_PLAYS_DUST_AT_13_05.heardFor(1),
            BEN_PLAYS_DUST_AT_13_10,
            EVE_PLAYS_RUST_AT_13_20.heardFor(1));

    assertThat(balanceOf("CA", EXCLUDING, plays))
        .isEqualTo(
            "received 9, counted 1, duplicate 2, too short 1, over cap 0, excluded 5: final");
  }

  @Test
  void looper_isExcludedWithThatSongOnly() {
    assertThat(balanceOf("CA", EXCLUDING, loopers(5, 12, 1), BEN_PLAYS_DUST_AT_13_10.times(1)))
        .isEqualTo(
            "received 66, counted 6, duplicate 0, too short 0, over cap 0, excluded 60: final");
  }

  @Test
  void listenerOverTheCap_isNotExcluded() {
    assertThat(balanceOf("CA", EXCLUDING, ANA_PLAYS_HALO_AT_13_59.times(11)))
        .contains("counted 10", "over cap 1, excluded 0");
  }

  @Test
  void day_excludesTheFlaggedHourAndCountsTheOthers() {
    var atTwo = ANA_HEARS_HALO_FOR_20_MINUTES.at(AT_13.plus(Duration.ofHours(1)));
    var plays = List.of(ANA_HEARS_HALO_FOR_20_MINUTES.times(4), atTwo.times(3));

    assertThat(balances(EXCLUDING, Granularity.DAY, plays))
        .containsEntry(
            "CA", "received 7, counted 3, duplicate 0, too short 0, over cap 0, excluded 4: final")
        .containsKey("GLOBAL");
  }

  @Test
  void listenerWhoIsImpossibleInTwoRegions_isExcludedInBothAndInGlobal() {
    var plays =
        List.of(
            ANA_HEARS_HALO_FOR_20_MINUTES.times(2),
            ANA_HEARS_HALO_FOR_20_MINUTES.in("FR").times(2));

    assertThat(balances(EXCLUDING, Granularity.HOUR, plays))
        .hasSize(3)
        .allSatisfy((region, balance) -> assertThat(balance).contains("counted 0", "final"))
        .hasEntrySatisfying("GLOBAL", all -> assertThat(all).contains("excluded 4"));
  }

  /** Listeners bot-0 and so on, who play Halo and then other songs once each. */
  private static List<EnrichedPlay> loopers(int listeners, int plays, int others) {
    return IntStream.range(0, listeners)
        .mapToObj(i -> ANA_PLAYS_HALO_AT_13_59.by("bot-" + i))
        .flatMap(
            play ->
                Stream.concat(
                    play.times(plays).stream(),
                    IntStream.range(0, others).mapToObj(i -> play.of("other-" + i))))
        .toList();
  }

  /** Such as {@code 2026-11-22 13 over_cap CA ana halo 11}. */
  @SafeVarargs
  private static List<String> flags(List<EnrichedPlay>... plays) {
    return texts(
        Abuse.flags(EnrichedPlay.rows(spark, flat(List.of(plays))), RULES),
        "concat_ws(' ', event_date, event_hour, kind, ifnull(region, 'null'), user_id, ifnull(song_id, 'null'), plays)");
  }

  @SafeVarargs
  private static String balanceOf(String region, CountingRules rules, List<EnrichedPlay>... plays) {
    return balances(rules, Granularity.HOUR, List.of(plays)).getOrDefault(region, "none");
  }

  private static Map<String, String> balances(
      CountingRules rules, Granularity granularity, List<List<EnrichedPlay>> plays) {
    var rejected = spark.createDataFrame(List.of(), StructType.fromDDL(Lake.REJECTED_SCHEMA));
    var enriched = EnrichedPlay.rows(spark, flat(plays));
    var text =
        """
        format_string('%s=received %d, counted %d, duplicate %d, too short %d, over cap %d, excluded %d: %s',
          region, balance.received, balance.counted, balance.duplicate, balance.too_short,
          balance.over_cap, balance.excluded, status)""";
    var charts = Counting.charts(enriched, rejected, granularity, rules, SETTLED);
    return texts(charts, text).stream()
        .map(line -> line.split("="))
        .collect(toMap(parts -> parts[0], parts -> parts[1]));
  }

  private static List<EnrichedPlay> flat(List<List<EnrichedPlay>> lists) {
    return lists.stream().flatMap(Collection::stream).toList();
  }

  private static List<String> texts(Dataset<Row> rows, String expression) {
    return rows.selectExpr(expression).as(Encoders.STRING()).collectAsList();
  }
}
