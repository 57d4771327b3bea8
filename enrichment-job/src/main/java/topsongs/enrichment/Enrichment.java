package topsongs.enrichment;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.Lake;

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
   * Of the rows of one event_id and played_at the first to arrive, and how many there were. Spark
   * sorts quickly by a first column that differs from row to row.
   */
  static Dataset<Row> withoutDuplicates(Dataset<Row> plays) {
    var play = Window.partitionBy("event_id", "played_at");
    var arrivals = play.orderBy("received_at", "kafka_partition", "kafka_offset");
    return plays
        .withColumn("deliveries", count(lit(1)).over(play))
        .withColumn("arrival", row_number().over(arrivals))
        .where(col("arrival").equalTo(1));
  }

  /**
   * One row per song. A later line of the catalogue corrects an earlier one, and a song without
   * title or artist is not yet known.
   */
  static Dataset<Row> knownSongs(Dataset<Row> catalogue) {
    return catalogue
        .withColumn("line", monotonically_increasing_id())
        .groupBy("song_id")
        .agg(max_by(struct(columns(Lake.SONGS_SCHEMA)), col("line")).as("song"))
        .select("song.*")
        .where(col("title").isNotNull().and(col("artist").isNotNull()));
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
