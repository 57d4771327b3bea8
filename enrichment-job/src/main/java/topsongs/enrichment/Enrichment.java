package topsongs.enrichment;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.char_length;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.Lake;
import topsongs.contract.PlayEvent;

/** From plays as received to one row per play beside its song. Rows in, rows out. */
final class Enrichment {
  private Enrichment() {}

  /**
   * Rows of {@link Lake#PLAYS_SCHEMA} and {@link Lake#SONGS_SCHEMA} in, rows of {@link
   * Lake#ENRICHED_SCHEMA} out.
   */
  static Dataset<Row> enrich(Dataset<Row> plays, Dataset<Row> catalogue) {
    return withSong(withoutDuplicates(plays), knownSongs(catalogue));
  }

  /**
   * Of the rows of one event_id and played_at the first to arrive, and how often it was delivered.
   * A crash of the stream may write a record of Kafka twice: such rows rank alike, and are one
   * delivery. Spark sorts quickly by a first column that differs from row to row.
   */
  static Dataset<Row> withoutDuplicates(Dataset<Row> plays) {
    var play = Window.partitionBy("event_id", "played_at");
    var arrivals = play.orderBy("received_at", "kafka_partition", "kafka_offset");
    return plays
        .withColumn("row", row_number().over(arrivals))
        .withColumn("delivery", dense_rank().over(arrivals))
        .withColumn("deliveries", max(col("delivery").cast("long")).over(play))
        .where(col("row").equalTo(1));
  }

  /**
   * One row per known song, of its last line. aggregation-job's Catalogue has the same rule: a song
   * is known when it has an id of 1 to 64 characters, a title and an artist, and no text of it
   * holds NUL; a length that is not above 0 and a date outside of the years 1 to 9999 are taken as
   * none.
   */
  static Dataset<Row> knownSongs(Dataset<Row> catalogue) {
    return catalogue
        .withColumn("line", monotonically_increasing_id())
        .groupBy("song_id")
        .agg(max_by(struct(columns(Lake.SONGS_SCHEMA)), col("line")).as("song"))
        .select("song.*")
        .where(isKnown())
        .withColumn("duration_ms", when(col("duration_ms").gt(0), col("duration_ms")))
        .withColumn(
            "release_date", when(year(col("release_date")).between(1, 9999), col("release_date")));
  }

  private static Column isKnown() {
    var texts =
        concat_ws("", col("song_id"), col("title"), col("artist"), col("album"), col("genre"));
    return char_length(col("song_id"))
        .between(1, PlayEvent.MAX_ID_LENGTH)
        .and(col("title").isNotNull())
        .and(col("artist").isNotNull())
        .and(not(texts.contains("\0")));
  }

  /** Every play beside its song; title to release_date are null when the song is not known. */
  static Dataset<Row> withSong(Dataset<Row> plays, Dataset<Row> songs) {
    var song = plays.col("song_id").equalTo(songs.col("song_id"));
    return plays
        .join(broadcast(songs), song, "left")
        .drop(songs.col("song_id"))
        .select(columns(Lake.ENRICHED_SCHEMA));
  }

  /** The rows of an hour together and in one order, whatever order they arrived in. */
  static Dataset<Row> inOrder(Dataset<Row> enriched) {
    return enriched
        .hint("rebalance", col("event_date"), col("event_hour"))
        .sortWithinPartitions("event_date", "event_hour", "played_at", "event_id");
  }

  private static Column[] columns(String schema) {
    return Stream.of(StructType.fromDDL(schema).fieldNames())
        .map(name -> col(name))
        .toArray(Column[]::new);
  }
}
