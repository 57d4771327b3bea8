package topsongs.aggregation;

import static org.apache.spark.sql.functions.char_length;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.Lake;
import topsongs.contract.PlayEvent;

/**
 * From the catalogue's lines to songs for PostgreSQL. Rows in, rows out.
 *
 * <p>enrichment-job's knownSongs has the same rule: a song is known when it has an id of 1 to 64
 * characters, a title and an artist, and no text of it holds NUL; a length that is not above 0 and
 * a date outside of the years 1 to 9999 are taken as none.
 */
final class Catalogue {
  private Catalogue() {}

  /** One row per song: a later line corrects an earlier one. */
  static Dataset<Row> lastLines(Dataset<Row> lines) {
    var song =
        struct(
            Stream.of(StructType.fromDDL(Lake.SONGS_SCHEMA).fieldNames())
                .map(name -> col(name))
                .toArray(Column[]::new));
    return lines
        .withColumn("line", monotonically_increasing_id())
        .groupBy("song_id")
        .agg(max_by(song, col("line")).as("song"))
        .select("song.*");
  }

  static Dataset<Row> known(Dataset<Row> songs) {
    return songs
        .where(isKnown())
        .withColumn("duration_ms", when(col("duration_ms").gt(0), col("duration_ms")))
        .withColumn(
            "release_date", when(year(col("release_date")).between(1, 9999), col("release_date")));
  }

  static Dataset<Row> unknown(Dataset<Row> songs) {
    return songs.where(not(isKnown()));
  }

  private static Column isKnown() {
    var texts =
        concat_ws("", col("song_id"), col("title"), col("artist"), col("album"), col("genre"));
    return coalesce(char_length(col("song_id")).between(1, PlayEvent.MAX_ID_LENGTH), lit(false))
        .and(col("title").isNotNull())
        .and(col("artist").isNotNull())
        .and(not(texts.contains("\0")));
  }
}
