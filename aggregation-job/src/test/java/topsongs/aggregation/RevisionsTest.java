package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import topsongs.aggregation.ChartContent.Balance;
import topsongs.aggregation.ChartContent.Played;
import topsongs.aggregation.ChartReader.Version;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.contract.ScheduledRun;
import topsongs.contract.TestServer;

/** Whatever a chart once said can be read again, as it was loaded, from a real PostgreSQL. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before it calls.
class RevisionsTest {
  private static final long SEED = Long.getLong("topsongs.seed", 20261127);
  private static final Period HOUR_13 =
      new Period(Granularity.HOUR, Instant.parse("2026-11-22T13:00:00Z"));
  private static final Period HOUR_14 = HOUR_13.next();

  /** In code-point order the last of them comes last; in Java's own it does not. */
  private static final List<String> ODD_IDS =
      List.of("a b", "quo\"te", "back\\slash", "{\"a\":1}", "Ångström", "歌", "\uFB00", "🎵");

  private static final Balance NO_BALANCE = new Balance(0, 0, 0, 0, 0, null, 0);

  private static TestServer postgres;
  private static Database database;

  private Connection connection;
  private ChartReader reader;

  @BeforeAll
  static void start() {
    postgres = TestServer.postgres();
    database = new Database(postgres.jdbcUrl(), TestServer.DATABASE_USER, "");
    database.migrate();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @BeforeEach
  void takeEmptyTables() throws SQLException {
    connection = database.connect();
    execute("TRUNCATE chart, chart_period CASCADE");
    reader = new ChartReader(database.connect());
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
    reader.close();
  }

  @Test
  void everyRevisionOfManyRandomOnes_readsAsItWasLoaded() throws SQLException {
    System.out.printf("Random revisions of -Dtopsongs.seed=%d%n", SEED);
    var random = new Random(SEED);
    var songs = randomSongs(random);
    var loaded = new ArrayList<ChartContent>();
    while (loaded.size() < 300) {
      var content = randomContent(random, songs);
      if (load(HOUR_13, "run " + (loaded.size() + 1), content).changed() == 1) {
        loaded.add(content);
      }
      change(random, songs);
    }

    var versions = reader.versions(HOUR_13);

    assertThat(versions).extracting(Version::content).isEqualTo(loaded);
    assertThat(versions).allMatch(Version::isWhole);
    assertThat(versions)
        .extracting(Version::revision)
        .isEqualTo(IntStream.rangeClosed(1, 300).boxed().toList());
    assertThat(versions)
        .extracting(Version::run)
        .isEqualTo(IntStream.rangeClosed(1, 300).mapToObj(n -> "run " + n).toList());
  }

  /** The newest of all: nothing is superseded yet. */
  @Test
  void newestRevision_canBeAskedForLikeAnyOther() throws SQLException {
    load(HOUR_13, chart("CA", song("halo", 3), song("dust", 2), song("rust", 2)));

    assertThat(query("SELECT * FROM revised_entry('hour', 'CA', '2026-11-22T13:00:00Z', 1)"))
        .isNotEmpty()
        .isEqualTo(
            query(
                "SELECT position, rank, tied, song_id, plays, listeners FROM chart_entry ORDER BY position"));
  }

  @Test
  void onlyWhatDiffersIsKept() throws SQLException {
    load(HOUR_13, chart("CA", song("halo", 3), song("dust", 2), song("rust", 1)));
    load(HOUR_13, chart("CA", song("halo", 4), song("dust", 2), song("salt", 1)));

    assertThat(query("SELECT entries, last_tied FROM chart_revision"))
        .containsExactly("{\"halo\":[3,2],\"rust\":[1,0],\"salt\":null} f");
  }

  @Test
  void regionsAndPeriodsAreKeptApart() throws SQLException {
    var first = List.of(chart("CA", song("halo", 3)), chart("FR", song("dust", 2)));
    load(HOUR_13, first.toArray(ChartContent[]::new));
    load(HOUR_14, chart("CA", song("salt", 9)));
    load(HOUR_13, chart("CA", song("halo", 4)), chart("FR", song("halo", 1)));

    var versions = reader.versions(HOUR_13);

    assertThat(versions.subList(0, 2)).extracting(Version::content).isEqualTo(first);
    assertThat(versions).hasSize(4).allMatch(Version::isWhole);
    assertThat(reader.versions(HOUR_14)).hasSize(1).allMatch(Version::isWhole);
  }

  @Test
  void rerun_addsNoRevision() throws SQLException {
    load(HOUR_13, "first", chart("CA", song("halo", 3)));
    load(HOUR_13, "second", chart("CA", song("halo", 4)));
    var rows = query("SELECT xmin, * FROM chart_revision");

    assertThat(load(HOUR_13, "third", chart("CA", song("halo", 4))))
        .isEqualTo(new Charts.Changes(1, 0, 0));

    assertThat(query("SELECT xmin, * FROM chart_revision")).hasSize(1).isEqualTo(rows);
    assertThat(query("SELECT run FROM chart")).containsExactly("second");
  }

  @Test
  void runThatNobodyNamed_isNull() throws SQLException {
    load(HOUR_13, "", chart("CA", song("halo", 3)));

    assertThat(query("SELECT run FROM chart")).containsExactly("null");
  }

  @Test
  void chartThatIsRemoved_takesItsRevisionsWithIt() throws SQLException {
    load(HOUR_13, chart("CA", song("halo", 3)), chart("FR", song("dust", 3)));
    load(HOUR_13, chart("CA", song("halo", 4)), chart("FR", song("dust", 4)));

    load(HOUR_13, chart("FR", song("dust", 4)));

    assertThat(query("SELECT region, revision FROM chart_revision")).containsExactly("FR 1");
  }

  @Test
  void loadThatFails_leavesTheChartAndItsRevisionsWhole() throws SQLException {
    load(HOUR_13, chart("CA", song("halo", 3)));
    load(HOUR_13, chart("CA", song("halo", 4)));
    var before = reader.versions(HOUR_13);
    var broken = chart("CA", song("halo", 5)).as("no status", "1", NO_BALANCE);

    assertThatThrownBy(() -> load(HOUR_13, broken)).isInstanceOf(SQLException.class);

    assertThat(reader.versions(HOUR_13)).hasSize(2).isEqualTo(before);
  }

  /** A chart that was loaded before revisions were kept has had some that are not there. */
  @Test
  void chartFromBeforeRevisionsWereKept_isKeptFromHereOn() throws SQLException {
    load(HOUR_13, chart("CA", song("halo", 3)));
    execute("UPDATE chart SET revision = 7, run = NULL");

    load(HOUR_13, chart("CA", song("halo", 4)));

    assertThat(reader.versions(HOUR_13)).extracting(Version::revision).containsExactly(7, 8);
  }

  @Test
  void revisionIsSmall() throws SQLException {
    var songs = IntStream.range(0, 100).mapToObj(n -> song("s-%04d".formatted(n), 9000 - 7 * n));
    var hundred = songs.toArray(Played[]::new);
    load(HOUR_13, "scheduled__2026-11-22T14:00:00+00:00", chart("CA", hundred));
    hundred[40] = song("s-0040", hundred[40].plays() + 37);
    load(HOUR_13, "restate__2026-11-22T14:25:00+00:00", chart("CA", hundred));
    for (int i = 0; i < 100; i++) {
      hundred[i] = song("s-%04d".formatted(i), 9500 - 7 * i);
    }
    load(HOUR_13, "restate__2026-11-22T14:30:00+00:00", chart("CA", hundred));

    var bytes = query("SELECT pg_column_size(r.*) FROM chart_revision r ORDER BY revision");

    System.out.printf("A revision of one changed song and one of a hundred: %s bytes%n", bytes);
    assertThat(Integer.parseInt(bytes.get(0))).isLessThan(500);
    assertThat(Integer.parseInt(bytes.get(1))).isLessThan(2_500);
  }

  private static Played song(String songId, long plays) {
    return new Played(songId, plays, plays - 1);
  }

  private static ChartContent chart(String region, Played... songs) {
    return ChartContent.of(region, 10_000_000, List.of(songs));
  }

  private Charts.Changes load(Period period, ChartContent... contents) throws SQLException {
    return load(period, "any", contents);
  }

  private Charts.Changes load(Period period, String run, ChartContent... contents)
      throws SQLException {
    var charts = Stream.of(contents).map(ChartContent::chart).toList();
    return new Charts(connection, new ScheduledRun(run, 0))
        .replace(period, charts, List.of(), Optional.empty());
  }

  /** More songs than a chart holds, with few plays: many ties, also over its edge. */
  private static Map<String, Played> randomSongs(Random random) {
    var songs = new LinkedHashMap<String, Played>();
    IntStream.range(0, 110).forEach(n -> play(random, songs, "s-" + n));
    ODD_IDS.forEach(id -> play(random, songs, id));
    return songs;
  }

  private static void change(Random random, Map<String, Played> songs) {
    var ids = Stream.concat(ODD_IDS.stream(), IntStream.range(0, 140).mapToObj(n -> "s-" + n));
    var several = random.nextInt(10) == 0 ? 100 : random.nextInt(4);
    var all = ids.toList();
    for (int i = 0; i < several; i++) {
      var id = all.get(random.nextInt(all.size()));
      if (random.nextInt(4) == 0) {
        songs.remove(id);
      } else {
        play(random, songs, id);
      }
    }
    if (random.nextInt(20) == 0) {
      songs.keySet().removeIf(id -> random.nextInt(3) > 0);
    }
    if (random.nextInt(60) == 0) {
      songs.clear();
    }
  }

  private static void play(Random random, Map<String, Played> songs, String id) {
    var plays = 1 + random.nextInt(30);
    songs.put(id, new Played(id, plays, 1 + random.nextInt(plays)));
  }

  private static ChartContent randomContent(Random random, Map<String, Played> songs) {
    var status = List.of("provisional", "final", "final", "held").get(random.nextInt(4));
    var rules = random.nextInt(20) == 0 ? "2" : "1";
    @Nullable Long rejected = random.nextBoolean() ? null : random.nextLong(9);
    var balance =
        new Balance(
            random.nextLong(1L << 40), 5, random.nextLong(9), 2, 1, rejected, random.nextLong(3));
    return ChartContent.of("CA", 0, List.copyOf(songs.values())).as(status, rules, balance);
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        var values = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(rows.getString(i)));
        }
        found.add(String.join(" ", values));
      }
    }
    return found;
  }
}
