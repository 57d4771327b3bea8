package topsongs.enrichment;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.Lake;

/** A row of plays/: one delivery of a play. */
record Play(
    String eventId,
    String userId,
    String songId,
    String region,
    Instant playedAt,
    int msPlayed,
    Instant receivedAt,
    int kafkaPartition,
    long kafkaOffset) {

  static final Play ANA_PLAYS_HALO_AT_13_59 =
      heard("ana-1", "ana", "halo", "2026-11-22T13:59:59.999Z");
  static final Play ANA_PLAYS_HALO_AT_14_00 = heard("ana-2", "ana", "halo", "2026-11-22T14:00:00Z");
  static final Play BEN_PLAYS_DUST_AT_13_10 = heard("ben-1", "ben", "dust", "2026-11-22T13:10:00Z");
  static final Play EVE_PLAYS_AN_UNKNOWN_SONG =
      heard("eve-1", "eve", "s-404", "2026-11-22T13:20:00Z");

  private static Play heard(String eventId, String userId, String songId, String playedAt) {
    var at = Instant.parse(playedAt);
    return new Play(eventId, userId, songId, "CA", at, 60_000, at.plusSeconds(60), 0, 7);
  }

  Play receivedAt(Instant later, int partition, long offset) {
    return new Play(eventId, userId, songId, region, playedAt, msPlayed, later, partition, offset);
  }

  Play heardFor(int ms) {
    return new Play(
        eventId, userId, songId, region, playedAt, ms, receivedAt, kafkaPartition, kafkaOffset);
  }

  Play playedAt(Instant at) {
    return new Play(
        eventId, userId, songId, region, at, msPlayed, receivedAt, kafkaPartition, kafkaOffset);
  }

  static Dataset<Row> rows(SparkSession spark, Play... plays) {
    return rows(spark, List.of(plays));
  }

  static Dataset<Row> rows(SparkSession spark, List<Play> plays) {
    return spark.createDataFrame(
        plays.stream().map(Play::row).toList(), StructType.fromDDL(Lake.PLAYS_SCHEMA));
  }

  static Dataset<Row> songs(SparkSession spark, String... lines) {
    return spark.createDataFrame(
        Stream.of(lines).map(Play::song).toList(), StructType.fromDDL(Lake.SONGS_SCHEMA));
  }

  /** A song from {@code id|title|duration_ms}; an empty title is none. */
  private static Row song(String line) {
    var parts = line.split("\\|", -1);
    var title = parts[1].isEmpty() ? null : parts[1];
    return RowFactory.create(
        parts[0], title, "Ines Varga", null, null, Integer.valueOf(parts[2]), null);
  }

  private Row row() {
    var utc = playedAt.atOffset(ZoneOffset.UTC);
    return RowFactory.create(
        eventId,
        userId,
        songId,
        region,
        Timestamp.from(playedAt),
        msPlayed,
        "ios",
        Timestamp.from(receivedAt),
        kafkaPartition,
        kafkaOffset,
        Date.valueOf(utc.toLocalDate()),
        utc.getHour());
  }
}
