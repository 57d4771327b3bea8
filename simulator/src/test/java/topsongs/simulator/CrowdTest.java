package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import topsongs.contract.PlayEvent;
import topsongs.contract.Regions;

class CrowdTest {
  private static final List<Song> SONGS = Catalogue.of(null).songs();
  private static final List<Region> REGIONS = Region.all();
  private static final long FROM = Instant.parse("2026-11-19T06:30:00Z").toEpochMilli();
  private static final long TO = Instant.parse("2026-11-20T06:30:00Z").toEpochMilli();

  @Test
  void sameSeed_sameBytes_whereverAndWhenever() throws Exception {
    var locale = Locale.getDefault();
    var zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertThat(hash(sent(7)))
          .isEqualTo("87f926e7c11bbea24455428234ebdd29024cbbac52816eb2e7cf06b70616f731");
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void otherSeed_otherPlays() throws Exception {
    assertThat(hash(sent(8))).isNotEqualTo(hash(sent(7)));
  }

  @Test
  void everyPlayIsValid_andInItsRange() {
    var plays = plays(3, 5_000);
    assertThat(plays).hasSize(5_000);
    for (String line : ndjson(plays, 3).split("\n")) {
      assertThat(line)
          .matches(
              "\\{\"event_id\":\"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\","
                  + "\"user_id\":\"[0-9a-f]{16}\",\"song_id\":\"s-\\d{4}\",\"region\":\"[A-Z]{2}\","
                  + "\"played_at\":\"2026-11-(19|20)T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\",\"ms_played\":\\d+"
                  + "(,\"platform\":\"[a-z]+\")?}");
      var at = Instant.parse(line.replaceAll(".*played_at\":\"([^\"]+).*", "$1")).toEpochMilli();
      assertThat(at).isBetween(FROM, TO - 1);
    }
    assertThat(plays).allMatch(play -> play.msPlayed() <= PlayEvent.MAX_MS_PLAYED);
  }

  @Test
  void eventIds_areDistinct_andCarryTheTime() {
    var plays = plays(3, 50_000);
    assertThat(plays.stream().map(play -> play.idHigh() + "/" + play.idLow()).distinct().count())
        .isEqualTo(plays.size());
    assertThat(plays).allMatch(play -> play.idHigh() >>> 16 == play.playedAt());
  }

  @Test
  void numberOne_standsOut_andIsNotTheSameEverywhere() {
    var byRegion = plays(1, 300_000).stream().collect(Collectors.groupingBy(Play::region));
    var world = counts(plays(1, 300_000), Play::song);
    assertThat(world.get(0).times()).isGreaterThan(2 * world.get(9).times());
    var numberOnes =
        byRegion.values().stream()
            .map(plays -> counts(plays, Play::song).get(0).of())
            .distinct()
            .count();
    assertThat(numberOnes).isGreaterThan(REGIONS.size() / 3);
  }

  @Test
  void regionsPlayTheirOwnLanguages_andSomeOfTheWorld() {
    var plays = plays(1, 300_000);
    assertThat(shareOf("ja", "JP", plays)).isBetween(0.6, 0.9);
    assertThat(shareOf("en", "JP", plays)).isBetween(0.05, 0.25);
    assertThat(shareOf("pt", "BR", plays)).isBetween(0.6, 0.95);
    assertThat(shareOf("en", "GB", plays)).isGreaterThan(0.8);
  }

  @Test
  void topTen_movesButKeepsItsShape() {
    var noon = topTen(FROM + 5 * Crowd.HOUR);
    var afternoon = topTen(FROM + 9 * Crowd.HOUR);
    assertThat(afternoon).isNotEqualTo(noon);
    assertThat(afternoon.stream().filter(noon::contains).count()).isGreaterThan(4);
  }

  @Test
  void faultShares_areKept() {
    var letters = new ArrayList<Letter>();
    var post = new Post(0.1, 0.05, 1, letters::add);
    plays(1, 50_000).forEach(post::take);
    post.sendAll();
    var kinds =
        letters.stream().collect(Collectors.groupingBy(Letter::kind, Collectors.counting()));
    assertThat(kinds.get(Letter.Kind.DUPLICATE)).isCloseTo(5_000L, within(400L));
    assertThat(kinds.get(Letter.Kind.LATE)).isCloseTo(2_500L, within(300L));
    assertThat(letters)
        .filteredOn(letter -> letter.kind() != Letter.Kind.DUPLICATE)
        .size()
        .isEqualTo(50_000);
  }

  @Test
  void tooShort_isAboutItsShare_andSomeoneLoopsPastTheCap() {
    var plays = plays(1, 200_000);
    assertThat(plays.stream().filter(CrowdTest::isSkipped).count())
        .isCloseTo(12_000L, within(1_000L));
    var perHour =
        plays.stream()
            .collect(
                Collectors.groupingBy(
                    p -> List.of(p.listener(), p.song(), p.playedAt() / Crowd.HOUR),
                    Collectors.counting()));
    assertThat(perHour.values()).anyMatch(count -> count > 10);
    var perDay =
        plays.stream()
            .collect(
                Collectors.groupingBy(
                    p -> List.of(p.listener(), p.song(), (int) (p.playedAt() / Crowd.HOUR / 24)),
                    Collectors.counting()));
    assertThat(perDay.values()).anyMatch(count -> count > 50);
  }

  @Test
  void everyRegion_sleepsAndWakes() {
    assertThat(REGIONS).hasSizeGreaterThanOrEqualTo(48);
    assertThat(REGIONS).allMatch(region -> Regions.isCode(region.code()));
    var japan = REGIONS.stream().filter(r -> r.code().equals("JP")).findFirst().orElseThrow();
    double at4 = japan.activity(Instant.parse("2026-11-18T19:00:00Z").toEpochMilli());
    double at20 = japan.activity(Instant.parse("2026-11-19T11:00:00Z").toEpochMilli());
    assertThat(at20).isGreaterThan(10 * at4);
  }

  @Test
  void genresAndLanguagesOfRegions_existInTheCatalogue() {
    var genres = SONGS.stream().map(Song::genre).collect(Collectors.toSet());
    var languages = SONGS.stream().map(Song::language).collect(Collectors.toSet());
    for (Region region : REGIONS) {
      assertThat(genres).as(region.code()).containsAll(region.genres().keySet());
      assertThat(languages).as(region.code()).containsAll(region.languages().keySet());
    }
  }

  private static boolean isSkipped(Play play) {
    var whole = Objects.requireNonNull(SONGS.get(play.song()).durationMs());
    return play.msPlayed() < Math.min(30_000, whole);
  }

  private static List<Integer> topTen(long at) {
    var hour = new Crowd(SONGS, REGIONS, 1, 0).hour(at, 1_000);
    var dice = new Dice(1);
    var plays = new ArrayList<Play>();
    for (int i = 0; i < 50_000; i++) {
      plays.add(hour.play(dice, at));
    }
    return counts(plays, Play::song).stream().limit(10).map(Count::of).toList();
  }

  private static double shareOf(String language, String region, List<Play> plays) {
    var there = plays.stream().filter(p -> REGIONS.get(p.region()).code().equals(region)).toList();
    return (double)
            there.stream().filter(p -> language.equals(SONGS.get(p.song()).language())).count()
        / there.size();
  }

  private static List<Count> counts(List<Play> plays, Function<Play, Integer> key) {
    return plays.stream()
        .collect(Collectors.groupingBy(key, Collectors.counting()))
        .entrySet()
        .stream()
        .map(e -> new Count(e.getKey(), e.getValue()))
        .sorted(Comparator.comparingLong(count -> -count.times))
        .toList();
  }

  private static List<Play> plays(long seed, int count) {
    var plays = new ArrayList<Play>();
    new Past(new Crowd(SONGS, REGIONS, seed, 0.06), FROM, TO, count, seed).forEach(plays::add);
    return plays;
  }

  private static String sent(long seed) {
    var plays = new ArrayList<Play>();
    var post = new Post(0.02, 0.01, seed, letter -> plays.add(letter.play()));
    plays(seed, 2_000).forEach(post::take);
    post.sendAll();
    return ndjson(plays, seed);
  }

  private static String ndjson(List<Play> plays, long seed) {
    var letters = plays.stream().map(play -> new Letter(play, Letter.Kind.PROMPT)).toList();
    return new String(new PlayWriter(SONGS, REGIONS, seed).ndjson(letters), StandardCharsets.UTF_8);
  }

  private static String hash(String text) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private record Count(int of, long times) {}
}
