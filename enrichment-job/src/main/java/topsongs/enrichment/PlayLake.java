package topsongs.enrichment;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.Lake;

/** The lake's tables that this job reads and writes. Only the folders of its hours are listed. */
final class PlayLake {
  private final SparkSession spark;
  private final String root;
  private final FileSystem files;

  PlayLake(SparkSession spark, String root) throws IOException {
    this.spark = spark;
    this.root = root;
    this.files = new Path(root).getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  /** Spark settings that open the lake; whatever was given from outside stays. */
  static SparkConf settings(Map<String, String> environment) {
    var settings =
        new SparkConf()
            .setIfMissing("spark.app.name", "enrichment-job")
            // Few are quick on one machine; a cluster brings its own number.
            .setIfMissing("spark.sql.shuffle.partitions", "4")
            // On S3 a rename is a copy: 2 copies each file to the staging folder once, 1 twice.
            .setIfMissing("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2");
    Lake.sparkSettings(environment).forEach(settings::setIfMissing);
    return settings;
  }

  /** How many distinct plays were written, and how often they had been delivered in all. */
  record Written(long plays, long deliveries) {
    long duplicates() {
      return deliveries - plays;
    }
  }

  Dataset<Row> plays(Hours hours) throws IOException {
    var schema = StructType.fromDDL(Lake.PLAYS_SCHEMA);
    var folders = existing(hours.folders(Lake.PLAYS).toList());
    return folders.isEmpty()
        ? spark.createDataFrame(List.of(), schema)
        : spark
            .read()
            .schema(schema)
            .option("basePath", root + "/" + Lake.PLAYS)
            .parquet(folders.toArray(String[]::new));
  }

  /**
   * The catalogue's lines, of {@link Lake#SONGS_SCHEMA}; none when it does not exist, which is said
   * on stderr. A line that is not a song's JSON is an error when it is read.
   */
  Dataset<Row> catalogue() throws IOException {
    var schema = StructType.fromDDL(Lake.SONGS_SCHEMA);
    var songs = new Path(root, Lake.SONGS);
    if (files.exists(songs)) {
      return spark.read().schema(schema).option("mode", "FAILFAST").json(songs.toString());
    }
    System.err.printf("No catalogue at %s: every song stays under its id.%n", songs);
    return spark.createDataFrame(List.of(), schema);
  }

  /**
   * Makes these rows the whole of these hours: an hour without rows ends up without a folder.
   *
   * <p>Nothing changes before all rows are in a staging folder, but S3 has no rename: each hour is
   * then deleted and copied there, and a reader may briefly miss it. Runs over the same hours would
   * mix; whoever schedules them serialises them (the launcher's charting.lock, Airflow's pool).
   *
   * @param plays what the rows were made from, as {@link #plays} gave it
   * @throws IllegalStateException when an hour was made from plays that have left the lake since:
   *     with what is left, its charts would be wrong
   */
  Written replace(Hours hours, Dataset<Row> plays, Dataset<Row> enriched)
      throws IOException, InterruptedException {
    var inputs = inputByHour(plays);
    requireAllOfBefore(hours, inputs);
    var observation = new Observation();
    enriched
        .observe(
            observation,
            count(lit(1)).as("plays"),
            coalesce(sum("deliveries"), lit(0L)).as("deliveries"),
            concat_ws(" ", collect_set(folder())).as("folders"))
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy("event_date", "event_hour")
        .parquet(root + "/" + Lake.ENRICHED);
    var seen = observation.getAsJava();
    var written = Set.of(((String) requireNonNull(seen.get("folders"))).split(" "));
    deleteOthers(hours, written);
    recordInput(inputs, written);
    return new Written(
        (long) requireNonNull(seen.get("plays")), (long) requireNonNull(seen.get("deliveries")));
  }

  /** Dynamic overwrite leaves alone what it has no rows for. */
  private void deleteOthers(Hours hours, Set<String> written) throws IOException {
    for (String folder : hours.folders(Lake.ENRICHED).toList()) {
      if (!written.contains(folder)) {
        files.delete(new Path(root, folder), true);
      }
    }
  }

  /**
   * Says of each hour from which files it was made. The folder's old record went with the folder,
   * so that a run cut short leaves hours without one, never with one that is not theirs.
   */
  private void recordInput(Map<String, List<String>> inputs, Set<String> written)
      throws IOException {
    for (var input : inputs.entrySet()) {
      var folder = Lake.ENRICHED + "/" + input.getKey();
      if (written.contains(folder)) {
        put(folder + "/" + Lake.INPUT, String.join("", input.getValue()));
      }
    }
  }

  /** The lines of the files that these rows are read from: those that were listed, not anew. */
  private Map<String, List<String>> inputByHour(Dataset<Row> plays) {
    var table = files.makeQualified(new Path(root, Lake.PLAYS)).toUri();
    return Stream.of(plays.inputFiles())
        .map(file -> table.relativize(URI.create(file)).getPath() + "\n")
        .sorted()
        .collect(groupingBy(line -> line.substring(0, line.lastIndexOf('/'))));
  }

  /** Plays are only ever added, until their retention ends and their day is removed. */
  private void requireAllOfBefore(Hours hours, Map<String, List<String>> inputs)
      throws IOException {
    for (String hour : hours.folders("").map(folder -> folder.substring(1)).toList()) {
      var present = Set.copyOf(inputs.getOrDefault(hour, List.of()));
      for (String file : input(hour)) {
        if (!present.contains(file + "\n")) {
          throw new IllegalStateException(
              "Cannot enrich %s again: plays that it was made from have left the lake, such as %s/%s"
                  .formatted(hour, Lake.PLAYS, file));
        }
      }
    }
  }

  /** What the hour was made from the last time; nothing when it never was, or not to its end. */
  private List<String> input(String hour) throws IOException {
    var record = new Path(root, Lake.ENRICHED + "/" + hour + "/" + Lake.INPUT);
    try (var in = files.open(record)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private void put(String object, String text) throws IOException {
    try (var out = files.create(new Path(root, object))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Column folder() {
    return format_string(
        Lake.ENRICHED + "/event_date=%s/event_hour=%d",
        col("event_date").cast("string"),
        col("event_hour"));
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
