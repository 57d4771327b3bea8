package topsongs.enrichment;

import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Lake;

/** A line of catalogue/songs.jsonl, perhaps not of a known song. */
record CatalogueLine(
    String songId,
    @Nullable String title,
    @Nullable String artist,
    @Nullable String genre,
    @Nullable Integer durationMs,
    @Nullable String releaseDate) {

  CatalogueLine of(String song) {
    return new CatalogueLine(song, title, artist, genre, durationMs, releaseDate);
  }

  static Dataset<Row> rows(SparkSession spark, List<CatalogueLine> lines) {
    return spark.createDataFrame(
        lines.stream().map(CatalogueLine::row).toList(), StructType.fromDDL(Lake.SONGS_SCHEMA));
  }

  private Row row() {
    var date = releaseDate == null ? null : Date.valueOf(releaseDate);
    return RowFactory.create(songId, title, artist, null, genre, durationMs, date);
  }
}
