package topsongs.aggregation;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.Lake;
import topsongs.contract.Period;

/** The lake's tables that this job reads and writes. Only the folders of its periods are listed. */
final class ChartLake {
  private static final int READS_OF_PROGRESS = 3;

  private final SparkSession spark;
  private final String root;
  private final FileSystem files;

  ChartLake(SparkSession spark, String root) throws IOException {
    this.spark = spark;
    this.root = root;
    this.files = new Path(root).getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  /** Spark settings that open the lake; whatever was given from outside stays. */
  static SparkConf settings(Map<String, String> environment) {
    var settings =
        new SparkConf()
            .setIfMissing("spark.app.name", "aggregation-job")
            // Few are quick on one machine; a cluster brings its own number.
            .setIfMissing("spark.sql.shuffle.partitions", "4")
            // On S3 a rename is a copy: 2 copies each file to the staging folder once, 1 twice.
            .setIfMissing("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2");
    Lake.sparkSettings(environment).forEach(settings::setIfMissing);
    return settings;
  }

  Dataset<Row> enriched(Periods periods) throws IOException {
    return hours(periods, Lake.ENRICHED, Lake.ENRICHED_SCHEMA);
  }

  Dataset<Row> rejected(Periods periods) throws IOException {
    return hours(periods, Lake.REJECTED, Lake.REJECTED_SCHEMA);
  }

  /** The catalogue's lines, or nothing where there is none. */
  Optional<Dataset<Row>> catalogue() throws IOException {
    var songs = new Path(root, Lake.SONGS);
    return files.exists(songs)
        ? Optional.of(
            spark
                .read()
                .schema(Lake.SONGS_SCHEMA)
                .option("mode", "FAILFAST")
                .json(songs.toString()))
        : Optional.empty();
  }

  /** What the stream last said of its progress, as JSON; nothing before it has said anything. */
  Optional<String> streamProgress() throws IOException {
    for (int read = 1; ; read++) {
      try (var in = files.open(new Path(root, Lake.STREAM_PROGRESS))) {
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (FileNotFoundException e) {
        return Optional.empty();
      } catch (IOException e) {
        // The stream replaces it every few seconds, now and then between our open and our read.
        if (read == READS_OF_PROGRESS) {
          throw e;
        }
      }
    }
  }

  /**
   * Makes these charts the whole of these periods, one file each.
   *
   * <p>Nothing changes before all charts are in a staging folder, but S3 has no rename: each period
   * is then deleted and copied there, and a reader may briefly miss it. Runs over the same hours
   * would mix; whoever schedules them serialises them (the launcher's charting.lock, Airflow's
   * pool).
   */
  void replace(Periods periods, Dataset<Row> charts) throws IOException {
    charts.write().mode(SaveMode.Overwrite).partitionBy("period_start").parquet(folder(periods));
    deleteOthers(periods, periodsOf(charts));
  }

  /** Dynamic overwrite leaves alone what it has no rows for. */
  private void deleteOthers(Periods periods, List<String> made) throws IOException {
    for (Period period : periods.all()) {
      if (!made.contains(period.partition())) {
        files.delete(new Path(folder(periods), "period_start=" + period.partition()), true);
      }
    }
  }

  private static List<String> periodsOf(Dataset<Row> charts) {
    return charts.select("period_start").distinct().as(Encoders.STRING()).collectAsList();
  }

  private String folder(Periods periods) {
    return "%s/%s/granularity=%s".formatted(root, Lake.CHARTS, periods.granularity().wireName());
  }

  private Dataset<Row> hours(Periods periods, String table, String ddl) throws IOException {
    var schema = StructType.fromDDL(ddl);
    var folders = existing(periods.hourFolders(table).toList());
    return folders.isEmpty()
        ? spark.createDataFrame(List.of(), schema)
        : spark
            .read()
            .schema(schema)
            .option("basePath", root + "/" + table)
            .parquet(folders.toArray(String[]::new));
  }

  private List<String> existing(List<String> folders) throws IOException {
    var existing = new ArrayList<String>();
    for (String folder : folders) {
      if (files.exists(new Path(root, folder))) {
        existing.add(root + "/" + folder);
      }
    }
    return existing;
  }
}
