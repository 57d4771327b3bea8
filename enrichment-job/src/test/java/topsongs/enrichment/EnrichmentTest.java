package topsongs.enrichment;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.enrichment.Play.ANA_PLAYS_HALO_AT_13_59;
import static topsongs.enrichment.Play.ANA_PLAYS_HALO_AT_14_00;
import static topsongs.enrichment.Play.BEN_PLAYS_DUST_AT_13_10;
import static topsongs.enrichment.Play.EVE_PLAYS_AN_UNKNOWN_SONG;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import topsongs.contract.Lake;

class EnrichmentTest {
  private static final Play LATER_DELIVERY =
      ANA_PLAYS_HALO_AT_13_59
          .receivedAt(ANA_PLAYS_HALO_AT_13_59.receivedAt().plusSeconds(5), 0, 1)
          .heardFor(1);

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void samePlayFromTwoOffsets_isOneRowWithTwoDeliveries() {
    var again = ANA_PLAYS_HALO_AT_13_59.receivedAt(ANA_PLAYS_HALO_AT_13_59.receivedAt(), 0, 8);

    var once = withoutDuplicates(ANA_PLAYS_HALO_AT_13_59, again);

    assertThat(texts(once, "event_id", "deliveries")).containsExactly("ana-1 2");
  }

  @Test
  void recordThatTheStreamWroteTwice_isOneDelivery() {
    var once = withoutDuplicates(ANA_PLAYS_HALO_AT_13_59, ANA_PLAYS_HALO_AT_13_59);

    assertThat(texts(once, "event_id", "deliveries")).containsExactly("ana-1 1");
  }

  @Test
  void twoDeliveriesBothWrittenTwice_areTwo() {
    var once =
        withoutDuplicates(
            LATER_DELIVERY, ANA_PLAYS_HALO_AT_13_59, LATER_DELIVERY, ANA_PLAYS_HALO_AT_13_59);

    assertThat(texts(once, "ms_played", "deliveries")).containsExactly("60000 2");
  }

  @Test
  void ofTwoDeliveries_theFirstToArriveIsKept() {
    var once = withoutDuplicates(LATER_DELIVERY, ANA_PLAYS_HALO_AT_13_59);

    assertThat(texts(once, "ms_played", "deliveries")).containsExactly("60000 2");
  }

  @Test
  void arrivedAtTheSameMillisecond_theLowerPartitionThenOffsetIsKept() {
    var arrived = ANA_PLAYS_HALO_AT_13_59.receivedAt();

    var once =
        withoutDuplicates(
            ANA_PLAYS_HALO_AT_13_59.receivedAt(arrived, 2, 1).heardFor(21),
            ANA_PLAYS_HALO_AT_13_59.receivedAt(arrived, 1, 10).heardFor(110),
            ANA_PLAYS_HALO_AT_13_59.receivedAt(arrived, 1, 9).heardFor(19));

    assertThat(texts(once, "ms_played", "deliveries")).containsExactly("19 3");
  }

  @Test
  void sameEventIdAtAnotherTime_isAnotherPlay() {
    var again = ANA_PLAYS_HALO_AT_13_59.playedAt(BEN_PLAYS_DUST_AT_13_10.playedAt());

    var plays = withoutDuplicates(ANA_PLAYS_HALO_AT_13_59, again);

    assertThat(texts(plays, "event_id", "deliveries")).containsExactly("ana-1 1", "ana-1 1");
  }

  @Test
  void knownSong_standsBesideItsPlay() {
    var enriched = enrich(Play.songs(spark, "halo|Halo|261000"), ANA_PLAYS_HALO_AT_13_59);

    assertThat(texts(enriched, "song_id", "title", "artist", "duration_ms"))
        .containsExactly("halo Halo Ines Varga 261000");
  }

  @Test
  void unknownSong_keepsItsPlayWithoutTitle() {
    var enriched = enrich(Play.songs(spark, "halo|Halo|261000"), EVE_PLAYS_AN_UNKNOWN_SONG);

    assertThat(texts(enriched, "song_id", "title", "duration_ms"))
        .containsExactly("s-404 null null");
  }

  @Test
  void songTwiceInTheCatalogue_countsItsPlayOnceUnderTheLastLine() {
    var catalogue = Play.songs(spark, "halo|Hallo|1000", "dust|Dust|2000", "halo|Halo|261000");

    var enriched = enrich(catalogue, ANA_PLAYS_HALO_AT_13_59);

    assertThat(texts(enriched, "title", "duration_ms")).containsExactly("Halo 261000");
  }

  @Test
  void songWithoutTitle_isNotYetKnown() {
    var enriched = enrich(Play.songs(spark, "halo||261000"), ANA_PLAYS_HALO_AT_13_59);

    assertThat(texts(enriched, "title", "duration_ms")).containsExactly("null null");
  }

  @Test
  void songThatPostgresCannotHold_isNotKnown() {
    var longId = "x".repeat(65);
    var catalogue =
        Play.songs(spark, "halo|H\0lo|261000", "|No id|261000", longId + "|Long id|261000");

    assertThat(Enrichment.knownSongs(catalogue).isEmpty()).isTrue();
  }

  @Test
  void lengthNotAboveZero_isNoLength() {
    var known = Enrichment.knownSongs(Play.songs(spark, "halo|Halo|0", "dust|Dust|-1", "a|A|1"));

    assertThat(texts(known, "song_id", "duration_ms"))
        .containsExactlyInAnyOrder("halo null", "dust null", "a 1");
  }

  @Test
  void dateOutsideOfTheYears1To9999_isNoDate() {
    var catalogue =
        Play.songs(spark, "a|A|1", "b|B|1", "c|C|1", "d|D|1", "e|E|1")
            .withColumn(
                "release_date",
                expr(
                    "make_date(element_at(map('a',0,'b',-44,'c',1,'d',9999,'e',10000), song_id), 1, 1)"));

    assertThat(texts(Enrichment.knownSongs(catalogue), "song_id", "release_date"))
        .containsExactlyInAnyOrder("a null", "b null", "c 0001-01-01", "d 9999-01-01", "e null");
  }

  @Test
  void emptyCatalogue_leavesEverySongUnknown() {
    var enriched = enrich(Play.songs(spark), ANA_PLAYS_HALO_AT_13_59, BEN_PLAYS_DUST_AT_13_10);

    assertThat(texts(enriched, "title")).containsExactly("null", "null");
  }

  @Test
  void columns_areThoseOfTheContract() {
    var enriched = enrich(Play.songs(spark), ANA_PLAYS_HALO_AT_13_59);

    assertThat(enriched.schema().simpleString())
        .isEqualTo(StructType.fromDDL(Lake.ENRICHED_SCHEMA).simpleString());
  }

  @Test
  void rowsInAnyOrder_comeOutInOneOrder() {
    var plays =
        List.of(
            ANA_PLAYS_HALO_AT_14_00,
            LATER_DELIVERY,
            EVE_PLAYS_AN_UNKNOWN_SONG,
            ANA_PLAYS_HALO_AT_13_59,
            BEN_PLAYS_DUST_AT_13_10);

    var enriched = enrich(Play.songs(spark), plays.toArray(Play[]::new));

    assertThat(texts(Enrichment.inOrder(enriched).coalesce(1), "event_hour", "event_id"))
        .containsExactly("13 ben-1", "13 eve-1", "13 ana-1", "14 ana-2");
  }

  private static Dataset<Row> withoutDuplicates(Play... plays) {
    return Enrichment.withoutDuplicates(Play.rows(spark, plays));
  }

  private static Dataset<Row> enrich(Dataset<Row> catalogue, Play... plays) {
    return Enrichment.enrich(Play.rows(spark, plays), catalogue);
  }

  /** Each row as its values of these columns, a space between. */
  private static List<String> texts(Dataset<Row> rows, String... columns) {
    var cast = Arrays.stream(columns).map("cast(%s as string)"::formatted).toArray(String[]::new);
    return rows.selectExpr(cast).collectAsList().stream().map(row -> row.mkString(" ")).toList();
  }
}
