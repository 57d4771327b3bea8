package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static topsongs.simulator.Peer.takesAll;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topsongs.simulator.scenario.Pushes;
import topsongs.simulator.scenario.Scenario;
import topsongs.simulator.scenario.ScenarioFile;
import topsongs.simulator.scenario.ScenarioReader;
import topsongs.simulator.scenario.TrendFile;
import topsongs.simulator.scenario.Zones;

class ScenarioTest {
  private static final List<Song> SONGS = Catalogue.of(null).songs();
  private static final Instant NOW = Instant.parse("2026-11-23T05:30:00Z");
  private static final Instant FRIDAY = Instant.parse("2026-11-20T00:00:00Z");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  /** The same on Java 17 and 25, whose time zone data agree about these days. */
  @ParameterizedTest
  @CsvSource({
    "friday-release, 081c3958bc2a594bd06611b3606b473d60f9b12ad0a34e8bcd70ecd324a82d00",
    "viral-in-brazil, 251edaae59c51bd6c284fac8a7ad1889f3f944b78ec53e6efc6460150017d217",
    "quiet-night, 6a9699aaa6baa4a8f178a3330a557efecfd43c0c0938d174d4188fd2075c5a5f",
    "rough-weekend, b463ec69acb9367de3e896224be26253088827f069ab22cc992a264542341538",
    "sixty-regions, b625a5a58c4829bbdfb54a10c72236c1c964bd7dc5f874213e68049b1024ccf1"
  })
  void sameScenario_sameBytes_whereverAndWhenever(String name, String hash) throws Exception {
    var locale = Locale.getDefault();
    var zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertThat(hash(shipped(name).with(7, 3_000))).isEqualTo(hash);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void everyShippedScenario_makesItsPlays_withinItsTime() {
    for (String name : ScenarioFile.SHIPPED) {
      var scenario = shipped(name).with(1, 2_000);
      var plays = sessions(scenario);
      assertThat(plays).as(name).hasSize(2_000).isSortedAccordingTo(byTime());
      assertThat(plays)
          .as(name)
          .allMatch(
              play ->
                  play.playedAt() >= scenario.from().toEpochMilli()
                      && play.playedAt() < scenario.to().toEpochMilli());
    }
  }

  @Test
  void sixtyRegions_haveEveryFault() {
    var scenario = shipped("sixty-regions");
    assertThat(scenario.regions()).hasSize(60);
    assertThat(scenario.faults()).containsOnlyKeys(Fault.values());
  }

  @Test
  void listenerOfASession_hearsSongsInARow_asLongAsTheyAre() {
    var plays =
        sessions(read("from: 2026-11-20T00:00Z\nlength: 3h\nplays: 3000\nsessions: {plays: 10}"));
    long followed =
        plays.stream()
            .filter(
                play ->
                    plays.stream()
                        .anyMatch(
                            next ->
                                next.listener() == play.listener()
                                    && next.playedAt() > play.playedAt() + play.msPlayed()
                                    && next.playedAt()
                                        <= play.playedAt() + play.msPlayed() + 4_000))
            .count();
    assertThat(followed).isBetween(2_300L, 2_800L);
  }

  @Test
  void skips_leaveSongsEarly() {
    var some = sessions(read("plays: 5000\nsessions: {skips: 0}\nfaults: {too_short: 0}"));
    var all = sessions(read("plays: 5000\nsessions: {skips: 1}\nfaults: {too_short: 0}"));
    assertThat(some).filteredOn(ScenarioTest::isLeftEarly).isEmpty();
    assertThat(all).filteredOn(ScenarioTest::isLeftEarly).hasSizeGreaterThan(4_900);
  }

  @Test
  void viralGenre_isHeardThereAndThen() {
    var scenario =
        read(
            """
        from: 2026-11-20T00:00Z
        length: 24h
        plays: 30000
        regions: [BR, AR]
        viral:
          - {genre: fado, regions: [BR], at: 12h, for: 8h, strength: 1000}
        """);
    var plays = sessions(scenario);
    assertThat(share(plays, "fado", play -> play.region() == 0 && isBetween(play, 13, 15)))
        .isGreaterThan(0.3);
    assertThat(share(plays, "fado", play -> play.region() == 0 && isBetween(play, 0, 12)))
        .isLessThan(0.1);
    assertThat(share(plays, "fado", play -> play.region() == 1)).isLessThan(0.1);
  }

  @Test
  void release_isNotHeardBefore_andMuchAfter() {
    var scenario =
        read(
            """
        from: 2026-11-20T00:00Z
        length: 24h
        plays: 30000
        regions: [GB, US]
        releases:
          - {artist: Neon Allotment, at: 12h, strength: 200}
        """);
    var plays = sessions(scenario);
    Predicate<Play> theirs = play -> SONGS.get(play.song()).artist().equals("Neon Allotment");
    assertThat(plays.stream().filter(theirs).filter(play -> isBetween(play, 0, 12))).isEmpty();
    assertThat(plays.stream().filter(theirs).count()).isGreaterThan(1_000);
  }

  @Test
  void weekend_isAsLoudAsItSays() {
    double usual = saturday("weekend: 1");
    assertThat(saturday("weekend: 3")).isGreaterThan(1.3 * usual);
  }

  @Test
  void clocksOnTheWall_followSummerTime() {
    var zones = Zones.known();
    assertThat(zones.localTimes("FR", Instant.parse("2026-10-24T12:00:00Z").toEpochMilli()))
        .containsOnlyKeys(Instant.parse("2026-10-24T14:00:00Z").toEpochMilli());
    assertThat(zones.localTimes("FR", Instant.parse("2026-10-26T12:00:00Z").toEpochMilli()))
        .containsOnlyKeys(Instant.parse("2026-10-26T13:00:00Z").toEpochMilli());
    assertThat(Region.all())
        .allMatch(
            region ->
                zones.localTimes(region.code(), 0).values().stream().mapToDouble(s -> s).sum()
                    > 0.99);
  }

  @Test
  void lastFriday_isOneThatHasPassed() {
    assertThat(read("from: last Friday 00:00\nlength: 48h").from()).isEqualTo(FRIDAY);
    assertThat(read("from: last Friday 00:00\nlength: 96h").from())
        .isEqualTo(Instant.parse("2026-11-13T00:00:00Z"));
    assertThat(read("from: 48h ago\nlength: 2d").from())
        .isEqualTo(Instant.parse("2026-11-21T05:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      plays: 0                    | line 2: plays must be at least 1, got 0
      pleys: 10                   | line 2: unknown key 'pleys', did you mean plays?
      plays: many                 | line 2: plays must be a whole number such as 1000, got many
      from: yesterday             | line 2: from must be such as 2026-11-20T00:00Z, 48h ago or last Friday 00:00, got yesterday
      regions: [BR, XX]           | line 2: region must be ISO 3166-1 alpha-2 such as BR, got XX
      regions: [NP]               | line 2: the simulator does not know NP: say where its clocks are, such as {code: NP, zone: Asia/Kathmandu}
      regions: [{code: NP, zone: Asia/Katmandoo}] | line 2: zone must be of IANA, such as Europe/Paris, got Asia/Katmandoo
      faults: {retrys: 0.1}       | line 2: unknown key 'retrys', did you mean retries?
      faults: {bots: 1.5}         | line 2: bots must be at most 1, got 1.5
      faults: {bots: 0.6, future: 0.6} | line 2: a play has one fault at most, so their shares must add up to at most 1, got 1.2
      viral: [{song: s-9999, at: 1h}] | line 2: the catalogue has no song of 's-9999'; see simulator catalogue show
      viral: [{genre: fado}]      | line 2: at must be there, such as at: 18h
      seed: [                     | line 2: expected the node content
      """)
  void mistakes_areToldByLine(String line, String told) {
    assertThatThrownBy(() -> read("shows: a mistake\n" + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read scenario mine.yaml, ")
        .hasMessageContaining(told);
  }

  @Test
  void norway_isARegion_andSoIsOneTheSimulatorDoesNotKnow() {
    assertThat(read("regions: [NO, {code: NP, zone: Asia/Kathmandu}]").regions())
        .extracting(Region::code)
        .containsExactly("NO", "NP");
  }

  @Test
  void trendsOfTheFile_happenEveryWeek() throws Exception {
    var file = folder.resolve("songs.trends.jsonl");
    Files.writeString(
        file,
        """
        {"kind":"trend","region":"BR","song_id":"s-0001","from":"FRI 18:00","to":"SAT 02:00","factor":5000,"story":"x"}
        {"kind":"taste","region":"AR","genre":"tango","factor":50,"story":"x"}
        """);
    var scenario = read("from: 2026-11-20T00:00Z\nlength: 24h\nplays: 20000\nregions: [BR, AR]");
    var pushes =
        new Pushes(TrendFile.read(file, SONGS), SONGS, scenario.regions(), scenario.zones());
    var plays = plays(scenario, pushes);
    Predicate<Play> trending = play -> play.song() == 0 && play.region() == 0;
    assertThat(plays.stream().filter(trending).filter(play -> isBetween(play, 21, 24)).count())
        .isGreaterThan(300);
    assertThat(plays.stream().filter(trending).filter(play -> isBetween(play, 0, 21)).count())
        .isLessThan(100);
    assertThat(share(plays, "tango", play -> play.region() == 1)).isGreaterThan(0.3);
  }

  @Test
  void commandSendsTheScenario_andTellsTheTruth() throws Exception {
    var truth = folder.resolve("truth.jsonl");
    try (var peer = new Peer(takesAll())) {
      assertThat(run("scenario", "quiet-night", "--ingestion=" + peer.url(), "--truth=" + truth))
          .isZero();
      assertThat(peer.bodies().stream().mapToLong(body -> body.lines().count()).sum())
          .isEqualTo(600);
    }
    assertThat(out.toString()).contains("600 plays in 4 regions").contains("600 accepted");
    assertThat(Files.readAllLines(truth)).isNotEmpty();
  }

  @Test
  void listAndShow_playNothing() {
    assertThat(run("scenario", "--list")).isZero();
    assertThat(run("scenario", "--show", "rough-weekend")).isZero();
    assertThat(out.toString()).contains(ScenarioFile.SHIPPED).contains("malformed: 0.005");
  }

  @Test
  void nameThatDoesNotShip_isAnsweredWithTheNearest() {
    assertThat(run("scenario", "quite-night")).isEqualTo(1);
    assertThat(out.toString()).contains("did you mean quiet-night?");
  }

  private int run(String... arguments) {
    var writer = new PrintWriter(out, true);
    return Simulator.commandLine(Map.of("TOP_SONGS_API_KEY", "key"), writer, writer)
        .execute(arguments);
  }

  private static double saturday(String weekend) {
    var plays =
        sessions(
            read("from: 2026-11-20T12:00Z\nlength: 24h\nplays: 4000\nregions: [GB]\n" + weekend));
    return plays.stream().filter(play -> isBetween(play, 24, 36)).count();
  }

  private static boolean isBetween(Play play, int from, int to) {
    long hour = (play.playedAt() - FRIDAY.toEpochMilli()) / Crowd.HOUR;
    return hour >= from && hour < to;
  }

  private static double share(List<Play> plays, String genre, Predicate<Play> where) {
    var there = plays.stream().filter(where).toList();
    return (double) there.stream().filter(p -> genre.equals(SONGS.get(p.song()).genre())).count()
        / there.size();
  }

  private static boolean isLeftEarly(Play play) {
    var whole = SONGS.get(play.song()).durationMs();
    return whole != null && play.msPlayed() < whole;
  }

  @Test
  void whatCannotHappenWithinTheScenario_isRefusedWithItsLine() {
    assertThatThrownBy(() -> read("length: 24h\nviral:\n- {genre: samba, at: 48h, for: 8h}\n"))
        .hasMessage(
            "Cannot read scenario mine.yaml, line 3: at must be before the scenario ends, 24 h after its start, got 48h");
  }

  @Test
  void otherStories_makePlaysOfOtherIds() {
    var scenario = shipped("quiet-night");
    var pushes = new Pushes(List.of(), SONGS, scenario.regions(), scenario.zones());
    var ids = new HashSet<Long>();
    for (long fingerprint : new long[] {1, 2}) {
      new ScenarioCrowd(scenario, SONGS, pushes, fingerprint)
          .forEach(play -> assertThat(ids.add(play.idLow())).isTrue());
    }
    assertThat(ids).hasSize(2 * scenario.plays());
  }

  @Test
  void regionThatIsNotKnown_playsEnglishSongs() {
    var plays =
        sessions(read("{plays: 2000, length: 2h, regions: [{code: NP, zone: Asia/Kathmandu}]}"));
    var english =
        plays.stream().filter(play -> "en".equals(SONGS.get(play.song()).language())).count();
    assertThat(english).isGreaterThan(1_600);
  }

  private static Comparator<Play> byTime() {
    return Comparator.comparingLong(Play::playedAt);
  }

  private static Scenario read(String yaml) {
    return new ScenarioReader(new ScenarioFile("mine.yaml", yaml), SONGS, NOW, null).read();
  }

  private static Scenario shipped(String name) {
    return new ScenarioReader(ScenarioFile.of(name), SONGS, NOW, null).read();
  }

  private static List<Play> sessions(Scenario scenario) {
    return plays(
        scenario, new Pushes(scenario.pushes(), SONGS, scenario.regions(), scenario.zones()));
  }

  private static List<Play> plays(Scenario scenario, Pushes pushes) {
    var plays = new ArrayList<Play>();
    new ScenarioCrowd(scenario, SONGS, pushes, 0).forEach(plays::add);
    return plays;
  }

  private static String hash(Scenario scenario) throws Exception {
    var crowd =
        new ScenarioCrowd(
            scenario,
            SONGS,
            new Pushes(scenario.pushes(), SONGS, scenario.regions(), scenario.zones()),
            0);
    var letters = new ArrayList<Letter>();
    var post = crowd.stage().post(letters::add);
    crowd.forEach(crowd.stage().faults(post)::take);
    post.sendAll();
    var bytes = crowd.stage().writer().ndjson(letters);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
