package topsongs.streaming;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.char_length;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.is_variant_null;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.make_valid_utf8;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.schema_of_variant;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.try_variant_get;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.Lake;
import topsongs.contract.PlayEvent;
import topsongs.contract.Regions;

/**
 * Tells plays from what is not a play. The rules are {@link PlayEvent}'s, in its order and words;
 * DecodeRulesTest holds the two together. Needs a session in UTC.
 */
final class Decode {
  /** A field that no record can name, because it is another in each process. */
  private static final String OURS = "ours_" + UUID.randomUUID().toString().replace('-', '_');

  /**
   * A VARIANT remembers what type it had in JSON, where a STRING would also take the number 5. The
   * formats of the other fields leave no such doubt.
   */
  private static final String JSON =
      """
      %s ARRAY<STRUCT<event_id: STRING, user_id: VARIANT, song_id: VARIANT, region: STRING,
        played_at: STRING, ms_played: BIGINT, platform: STRING, received_at: STRING, %s: BOOLEAN>>,
      unreadable STRING"""
          .formatted(OURS, OURS);

  private static final Map<String, String> STRICT =
      Map.of(
          "columnNameOfCorruptRecord", "unreadable",
          "allowSingleQuotes", "false",
          "allowNonNumericNumbers", "false");

  private static final String CANONICAL_UUID =
      "\\A[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\z";
  private static final String RFC_3339 =
      "\\A\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)\\z";
  private static final String CONTROL_CHARACTER = "[\\x00-\\x1F\\x7F-\\x9F]";

  private static final String SURROGATE_ESCAPE = "\\\\u[dD][89a-fA-F]";

  private static final int MAX_BYTES = 10 * 1024;
  private static final Duration MAX_TRANSIT = Duration.ofHours(1);

  /** Beyond this, a record with a reason added may be more than Kafka takes (1 MiB). */
  private static final int MAX_RETURNED_BYTES = 1_000_000;

  private Decode() {}

  /**
   * Splits good from bad, once: {@code reason} is null where the row is a play, and otherwise names
   * the first field that breaks its rule.
   *
   * @param kafka key, value, partition, offset, timestamp, as Kafka's source gives them
   * @return the play's fields, {@code reason}, {@code arrived_at}, Kafka's partition and offset;
   *     {@code key} and {@code value} only where the row is rejected
   */
  static Dataset<Row> decode(Dataset<Row> kafka) {
    return withReason(withFields(withJson(withText(kafka))));
  }

  /** The rows of plays/, with the columns of {@link Lake#PLAYS_SCHEMA}. */
  static Dataset<Row> plays(Dataset<Row> decoded) {
    return decoded
        .where(col("reason").isNull())
        .withColumn("event_date", to_date(col("played_at")))
        .withColumn("event_hour", hour(col("played_at")))
        .select(columns(Lake.PLAYS_SCHEMA));
  }

  /** The rows of rejected/, with the columns of {@link Lake#REJECTED_SCHEMA}. */
  static Dataset<Row> rejected(Dataset<Row> decoded) {
    return decoded
        .where(col("reason").isNotNull())
        .withColumn("value", make_valid_utf8(col("value").cast("string")))
        .withColumn("event_date", to_date(col("arrived_at")))
        .withColumn("event_hour", hour(col("arrived_at")))
        .select(columns(Lake.REJECTED_SCHEMA));
  }

  /** The records of plays.rejected: key and value as they came, and why in a header. */
  static Dataset<Row> returned(Dataset<Row> decoded) {
    var reason = struct(lit("reason").as("key"), col("reason").cast("binary").as("value"));
    return decoded
        .where(col("reason").isNotNull())
        .select(returnable("key"), returnable("value"), array(reason).as("headers"));
  }

  /** What can be JSON at all: null when it is too long or not UTF-8. */
  private static Dataset<Row> withText(Dataset<Row> kafka) {
    var text = col("value").cast("string");
    return kafka.withColumn(
        "text", when(octet_length(text).leq(MAX_BYTES).and(is_valid_utf8(text)), text));
  }

  /**
   * By itself, from_json would take the first object and ignore what follows. So the value stands
   * in an array of ours, before an end of ours: only a value that is one whole JSON value, no less
   * and no more, has that end as the second of two.
   */
  private static Dataset<Row> withJson(Dataset<Row> kafka) {
    var wrapped =
        concat(
            lit("{\"%s\":[".formatted(OURS)), col("text"), lit(",{\"%s\":true}]}".formatted(OURS)));
    var values = col("json." + OURS);
    var isOne = size(values).equalTo(2).and(get(values, lit(1)).getField(OURS));
    return kafka
        .withColumn("json", from_json(wrapped, JSON, STRICT))
        .withColumn("play", when(isOne, get(values, lit(0))));
  }

  private static Dataset<Row> withFields(Dataset<Row> parsed) {
    var receivedAt = json("received_at");
    return parsed
        .withColumnRenamed("partition", "kafka_partition")
        .withColumnRenamed("offset", "kafka_offset")
        .withColumnRenamed("timestamp", "arrived_at")
        .withColumn("event_id", lower(json("event_id")))
        .withColumn("user_id", string("user_id"))
        .withColumn("song_id", string("song_id"))
        .withColumn("region", json("region"))
        .withColumn("played_at", instant(json("played_at")))
        .withColumn("ms_played", json("ms_played"))
        .withColumn("platform", json("platform"))
        .withColumn(
            "received_at",
            when(receivedAt.isNull(), col("arrived_at")).otherwise(instant(receivedAt)));
  }

  private static Dataset<Row> withReason(Dataset<Row> fields) {
    return fields
        .withColumn("reason", reason())
        .withColumn("key", when(col("reason").isNotNull(), col("key")))
        .withColumn("value", when(col("reason").isNotNull(), col("value")))
        .withColumn("ms_played", col("ms_played").try_cast("int"))
        .drop("json", "play", "text");
  }

  /** The first rule that is broken. What cannot be read comes before what reads wrong. */
  private static Column reason() {
    return coalesce(
        when(col("value").isNull(), "no value"),
        when(octet_length(col("value")).gt(MAX_BYTES), "play must be at most 10 KiB"),
        when(col("text").isNull(), "not UTF-8"),
        when(col("play").isNull(), "not a JSON object"),
        halfSurrogate("user_id"),
        halfSurrogate("song_id"),
        when(json("ms_played").isNull().and(unreadable()), "ms_played must be an integer"),
        missing(json("event_id").isNull(), "event_id"),
        missing(isNullOrAbsent("user_id"), "user_id"),
        missing(isNullOrAbsent("song_id"), "song_id"),
        missing(json("region").isNull(), "region"),
        missing(json("played_at").isNull(), "played_at"),
        missing(json("ms_played").isNull(), "ms_played"),
        when(not(col("event_id").rlike(CANONICAL_UUID)), "event_id must be a UUID"),
        when(col("user_id").isNull(), "user_id must be a string"),
        when(col("song_id").isNull(), "song_id must be a string"),
        when(col("played_at").isNull(), "played_at must be an RFC 3339 instant"),
        when(col("received_at").isNull(), "received_at must be an RFC 3339 instant"),
        when(
            not(within(MAX_TRANSIT, "received_at", "arrived_at")),
            "received_at must be within 1 hour of its arrival in Kafka"),
        badLength("user_id"),
        badCharacter("user_id"),
        badLength("song_id"),
        badCharacter("song_id"),
        when(
            not(col("region").isin(Regions.CODES.toArray())),
            "region must be an ISO 3166-1 alpha-2 code such as CA"),
        when(
            col("played_at").gt(col("received_at").plus(lit(PlayEvent.MAX_FUTURE))),
            "played_at must be at most 1 hour in the future"),
        when(
            col("played_at").lt(col("received_at").minus(lit(PlayEvent.MAX_AGE))),
            "played_at must be at most 14 days old"),
        when(
            not(col("ms_played").between(0, PlayEvent.MAX_MS_PLAYED)),
            "ms_played must be from 0 to 86400000"),
        when(
            not(col("platform").isin(PlayEvent.PLATFORMS.toArray())),
            "platform must be ios, android, web, desktop, speaker or other"));
  }

  private static Column missing(Column condition, String field) {
    return when(condition, "missing " + field);
  }

  private static Column isNullOrAbsent(String field) {
    return json(field).isNull().or(is_variant_null(json(field)));
  }

  /** The JSON is well-formed, but from_json could not make one of its fields what it should be. */
  private static Column unreadable() {
    return col("json.unreadable").isNotNull();
  }

  /** An escape such as {@code \\ud83d} alone: JSON can say it, UTF-8 and SQL cannot. */
  private static Column halfSurrogate(String field) {
    return when(
        json(field).isNull().and(unreadable()).and(col("text").rlike(SURROGATE_ESCAPE)),
        field + " must not contain control characters");
  }

  private static Column badLength(String field) {
    return when(
        not(char_length(col(field)).between(1, PlayEvent.MAX_ID_LENGTH)),
        field + " must be 1 to 64 characters long");
  }

  private static Column badCharacter(String field) {
    return when(
        col(field).rlike(CONTROL_CHARACTER), field + " must not contain control characters");
  }

  private static Column json(String field) {
    return col("play." + field);
  }

  /** Null unless it was a string in JSON. */
  private static Column string(String field) {
    var isString = schema_of_variant(json(field)).equalTo("STRING");
    return when(isString, try_variant_get(json(field), "$", "string"));
  }

  /** The cast alone would also take a date, a local time or a number of seconds. */
  private static Column instant(Column text) {
    return when(text.rlike(RFC_3339), date_trunc("millisecond", upper(text).try_cast("timestamp")));
  }

  private static Column within(Duration distance, String one, String other) {
    return col(one).between(col(other).minus(lit(distance)), col(other).plus(lit(distance)));
  }

  private static Column returnable(String field) {
    var size = coalesce(octet_length(col("key")), lit(0)).plus(octet_length(col("value")));
    return when(size.gt(MAX_RETURNED_BYTES), substring(col(field), 1, MAX_BYTES))
        .otherwise(col(field))
        .as(field);
  }

  private static Column[] columns(String schema) {
    return Stream.of(StructType.fromDDL(schema).fieldNames())
        .map(c -> col(c))
        .toArray(Column[]::new);
  }
}
