package topsongs.aggregation;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Lake;

/** A row of enriched/: one play beside its song, with how often it was delivered. */
record EnrichedPlay(
    String userId,
    String songId,
    String region,
    Instant playedAt,
    int msPlayed,
    long deliveries,
    @Nullable Integer durationMs,
    @Nullable String title) {

  static final EnrichedPlay ANA_PLAYS_HALO_AT_13_59 = heard("ana", "halo", "13:59:59.999Z");
  static final EnrichedPlay ANA_PLAYS_HALO_AT_14_00 = heard("ana", "halo", "14:00:00Z");
  static final EnrichedPlay ANA_PLAYS_DUST_AT_13_05 = heard("ana", "dust", "13:05:00Z");
  static final EnrichedPlay BEN_PLAYS_DUST_AT_13_10 = heard("ben", "dust", "13:10:00Z");
  static final EnrichedPlay BEN_PLAYS_HALO_AT_13_15 = heard("ben", "halo", "13:15:00Z");
  static final EnrichedPlay EVE_PLAYS_RUST_AT_13_20 = heard("eve", "rust", "13:20:00Z");
  static final EnrichedPlay EVE_PLAYS_AN_UNKNOWN_SONG =
      heard("eve", "s-404", "13:25:00Z").ofUnknownSong();

  private static EnrichedPlay heard(String userId, String songId, String time) {
    var at = Instant.parse("2026-11-22T" + time);
    return new EnrichedPlay(userId, songId, "CA", at, 60_000, 1, 200_000, "The " + songId);
  }

  EnrichedPlay by(String listener) {
    return new EnrichedPlay(
        listener, songId, region, playedAt, msPlayed, deliveries, durationMs, title);
  }

  EnrichedPlay of(String song) {
    return new EnrichedPlay(
        userId, song, region, playedAt, msPlayed, deliveries, durationMs, title);
  }

  EnrichedPlay in(String country) {
    return new EnrichedPlay(
        userId, songId, country, playedAt, msPlayed, deliveries, durationMs, title);
  }

  EnrichedPlay at(Instant instant) {
    return new EnrichedPlay(
        userId, songId, region, instant, msPlayed, deliveries, durationMs, title);
  }

  EnrichedPlay heardFor(int ms) {
    return new EnrichedPlay(userId, songId, region, playedAt, ms, deliveries, durationMs, title);
  }

  EnrichedPlay lasting(int ms) {
    return new EnrichedPlay(userId, songId, region, playedAt, msPlayed, deliveries, ms, title);
  }

  EnrichedPlay delivered(long times) {
    return new EnrichedPlay(userId, songId, region, playedAt, msPlayed, times, durationMs, title);
  }

  EnrichedPlay ofUnknownSong() {
    return new EnrichedPlay(userId, songId, region, playedAt, msPlayed, deliveries, null, null);
  }

  List<EnrichedPlay> times(int count) {
    return Collections.nCopies(count, this);
  }

  static Dataset<Row> rows(SparkSession spark, List<EnrichedPlay> plays) {
    return spark.createDataFrame(
        plays.stream().map(EnrichedPlay::row).toList(), StructType.fromDDL(Lake.ENRICHED_SCHEMA));
  }

  private Row row() {
    var utc = playedAt.atOffset(ZoneOffset.UTC);
    return RowFactory.create(
        userId + "-" + playedAt,
        userId,
        songId,
        region,
        Timestamp.from(playedAt),
        msPlayed,
        "ios",
        Timestamp.from(playedAt.plusSeconds(60)),
        deliveries,
        title,
        title == null ? null : "Ines Varga",
        null,
        null,
        durationMs,
        null,
        Date.valueOf(utc.toLocalDate()),
        utc.getHour());
  }
}
