package topsongs.contract;

import java.util.Map;

/**
 * The lake: Parquet and JSON under one bucket that any reader can open without this project. Paths
 * are relative to the lake's root, schemas are Spark DDL, times are UTC.
 */
public final class Lake {
  public static final String BUCKET = "top-songs";

  /** Valid plays as received, duplicates included. Appended; partitioned by played_at. */
  public static final String PLAYS = "plays";

  public static final String PLAYS_SCHEMA =
      """
      event_id STRING, user_id STRING, song_id STRING, region STRING, played_at TIMESTAMP,
      ms_played INT, platform STRING, received_at TIMESTAMP,
      kafka_partition INT, kafka_offset BIGINT, event_date DATE, event_hour INT""";

  /** What the stream refused, as it came. Appended; partitioned by arrival. */
  public static final String REJECTED = "rejected";

  public static final String REJECTED_SCHEMA =
      """
      value STRING, reason STRING, arrived_at TIMESTAMP,
      kafka_partition INT, kafka_offset BIGINT, event_date DATE, event_hour INT""";

  /** One row per distinct play beside its song. Replaced hour by hour. */
  public static final String ENRICHED = "enriched";

  /**
   * {@code deliveries} is how often Kafka got this play; title to release_date are null when the
   * catalogue does not know the song.
   */
  public static final String ENRICHED_SCHEMA =
      """
      event_id STRING, user_id STRING, song_id STRING, region STRING, played_at TIMESTAMP,
      ms_played INT, platform STRING, received_at TIMESTAMP, deliveries BIGINT,
      title STRING, artist STRING, album STRING, genre STRING, duration_ms INT, release_date DATE,
      event_date DATE, event_hour INT""";

  /** One row per chart with its entries nested. Replaced period by period. */
  public static final String CHARTS = "charts";

  public static final String CHARTS_SCHEMA =
      """
      region STRING, status STRING, rules_version STRING,
      plays BIGINT, listeners BIGINT, songs BIGINT,
      balance STRUCT<received: BIGINT, counted: BIGINT, duplicate: BIGINT, too_short: BIGINT,
        over_cap: BIGINT, excluded: BIGINT, rejected: BIGINT, unknown_song: BIGINT>,
      entries ARRAY<STRUCT<position: INT, rank: INT, tied: BOOLEAN, song_id: STRING,
        plays: BIGINT, listeners: BIGINT>>,
      granularity STRING, period_start STRING""";

  /**
   * Listening that looks like no person's, one row per flag and listener: those of a loop have one
   * each. Replaced hour by hour.
   */
  public static final String FLAGS = "flags";

  /**
   * {@code kind} is a {@link FlagKind}; {@code region} is null when the plays were heard in more
   * than one. The impossible have no {@code song_id}, and alone {@code ms_heard}, which stops at
   * the hour's end.
   */
  public static final String FLAGS_SCHEMA =
      """
      kind STRING, region STRING, user_id STRING, song_id STRING, plays BIGINT, ms_heard BIGINT,
      event_date DATE, event_hour INT""";

  /**
   * The file beside an hour's or a period's rows that says which files of plays/ they were made
   * from. In enriched/ it holds their paths below plays/, sorted, one a line; in charts/ one line,
   * the SHA-256 of all those lines of the period's hours, sorted, and what the run was asked for:
   * {@code final} or {@code provisional}. Written last: rows cut short have none. Spark ignores
   * names that begin with an underscore.
   */
  public static final String INPUT = "_input";

  /** Songs, one JSON object a line. Written by the simulator or any other catalogue owner. */
  public static final String SONGS = "catalogue/songs.jsonl";

  public static final String SONGS_SCHEMA =
      """
      song_id STRING, title STRING, artist STRING, album STRING, genre STRING,
      duration_ms INT, release_date DATE""";

  /**
   * One JSON object whose {@code complete_until} is an instant: every play that reached Kafka
   * before it is in plays/ or rejected/.
   */
  public static final String STREAM_PROGRESS = "progress/stream.json";

  public static final String STREAM_CHECKPOINT = "checkpoints/streaming-job";

  /** A chart keeps this many songs, of which the dashboard shows ten. */
  public static final int CHART_SIZE = 100;

  private Lake() {}

  /** The lake's root for Spark: {@code TOP_SONGS_LAKE}, by default the bucket over S3. */
  public static String root(Map<String, String> environment) {
    return environment.getOrDefault("TOP_SONGS_LAKE", "s3a://" + BUCKET);
  }

  /**
   * Spark settings by which every job reads and writes the lake alike. Credentials come from the
   * environment, never from a command line.
   */
  public static Map<String, String> sparkSettings(Map<String, String> environment) {
    return Map.of(
        // Of a store that has fallen silent; the default is 200 s. Then the request is made again.
        "spark.hadoop.fs.s3a.connection.timeout", "30s",
        "spark.sql.session.timeZone", "UTC",
        "spark.sql.sources.partitionOverwriteMode", "dynamic",
        // Spark's own default, INT96, is deprecated; every Parquet reader knows this one.
        "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
        "spark.hadoop.fs.s3a.endpoint",
            environment.getOrDefault("TOP_SONGS_S3_ENDPOINT", "http://127.0.0.1:9000"),
        "spark.hadoop.fs.s3a.access.key", environment.getOrDefault("TOP_SONGS_S3_ACCESS_KEY", ""),
        "spark.hadoop.fs.s3a.secret.key", environment.getOrDefault("TOP_SONGS_S3_SECRET_KEY", ""),
        "spark.hadoop.fs.s3a.endpoint.region", "us-east-1",
        "spark.hadoop.fs.s3a.path.style.access", "true",
        // The default remembers an object's ETag and then fails to read what replaced it.
        "spark.hadoop.fs.s3a.input.stream.type", "classic");
  }
}
