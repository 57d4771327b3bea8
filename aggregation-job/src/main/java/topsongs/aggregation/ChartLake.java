package topsongs.aggregation;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.contract.Period;
import topsongs.contract.PlayEvent;

/** The lake's tables that this job reads and writes. Only the folders of its periods are listed. */
final class ChartLake {
  private static final int READS_OF_PROGRESS = 3;

  /** How far a play's received_at may be from its arrival, and one clock from another. */
  private static final Duration TRANSIT = Duration.ofHours(2);

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

  /** Of hours; days have none of their own. */
  Dataset<Row> flags(Periods periods) throws IOException {
    var folders =
        periods.granularity() == Granularity.HOUR
            ? periods.hourFolders(Lake.FLAGS).toList()
            : List.<String>of();
    return rows(folders, Lake.FLAGS, Lake.FLAGS_SCHEMA);
  }

  /** Every play that may have arrived from the one time to the other. */
  Dataset<Row> plays(Instant from, Instant to) throws IOException {
    return days(
        from.minus(PlayEvent.MAX_AGE).minus(TRANSIT),
        to.plus(PlayEvent.MAX_FUTURE).plus(TRANSIT),
        Lake.PLAYS,
        Lake.PLAYS_SCHEMA);
  }

  /** Every record that was refused from the one time to the other. */
  Dataset<Row> rejected(Instant from, Instant to) throws IOException {
    return days(from, to.plus(TRANSIT), Lake.REJECTED, Lake.REJECTED_SCHEMA);
  }

  Dataset<Row> charts(Periods periods) throws IOException {
    var folders = periods.all().stream().map(ChartLake::folder).toList();
    return rows(folders, Lake.CHARTS, Lake.CHARTS_SCHEMA);
  }

  /** What charts of these periods would be made from now. */
  Map<Period, Input> inputs(Periods periods) throws IOException {
    var inputs = new HashMap<Period, Input>();
    for (Period period : periods.all()) {
      inputs.put(period, Input.of(inputLines(period), periods.status(period)));
    }
    return inputs;
  }

  /** What the period's charts were made from; nothing where there are none that are whole. */
  Optional<Input> input(Period period) throws IOException {
    return text(folder(period) + "/" + Lake.INPUT).map(Input::parse);
  }

  /** Whether there is anything to make charts of. An object store may keep folders of nothing. */
  boolean hasPlays(Period period) throws IOException {
    for (String hour : Periods.hours(period).toList()) {
      if (files.globStatus(new Path(root, Lake.ENRICHED + "/" + hour + "/*.parquet")).length > 0) {
        return true;
      }
    }
    return false;
  }

  /** Those periods whose charts were made as final. */
  List<Period> madeFinal(Periods periods) throws IOException {
    var found = new ArrayList<Period>();
    for (Period period : periods.all()) {
      if (input(period).filter(input -> input.status() == Status.FINAL).isPresent()) {
        found.add(period);
      }
    }
    return found;
  }

  /** The version of the rules that the period was last made by; nothing where it never was. */
  Optional<String> rules(Period period) throws IOException {
    return text(rulesFile(period)).map(String::strip);
  }

  /** Remembers them beside the charts, where replacing a period's charts does not reach. */
  void keepRules(Periods periods, CountingRules rules) throws IOException {
    for (Period period : periods.all()) {
      if (!rules(period).equals(Optional.of(rules.version()))) {
        put(rulesFile(period), rules.version() + "\n");
      }
    }
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

  /** Which catalogue there is, or nothing where there is none. */
  Optional<String> catalogueVersion() throws IOException {
    return catalogueVersion(files, root);
  }

  /** The same without Spark. */
  static Optional<String> catalogueVersion(Map<String, String> environment) throws IOException {
    var hadoop = new Configuration();
    for (var setting : settings(environment).getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(setting._1, setting._2);
    }
    var root = Lake.root(environment);
    return catalogueVersion(new Path(root).getFileSystem(hadoop), root);
  }

  /** Its ETag; where there are none, as in a folder, its length and when it was written. */
  private static Optional<String> catalogueVersion(FileSystem files, String root)
      throws IOException {
    try {
      var status = files.getFileStatus(new Path(root, Lake.SONGS));
      var etag = status instanceof EtagSource source ? source.getEtag() : null;
      return Optional.of(
          etag == null
              ? "%d bytes of %d".formatted(status.getLen(), status.getModificationTime())
              : etag.replace("\"", ""));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** What the stream last said of its progress, as JSON; nothing before it has said anything. */
  Optional<String> streamProgress() throws IOException {
    for (int read = 1; ; read++) {
      try {
        return text(Lake.STREAM_PROGRESS);
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
   * pool). The record of what charts were made from goes with their folder and comes last: where a
   * run was cut short there is none.
   */
  void replace(Periods periods, Dataset<Row> charts, Map<Period, Input> inputs) throws IOException {
    charts
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy("period_start")
        .parquet(root + "/" + folder(periods.granularity()));
    var made = periodsOf(charts);
    for (Period period : periods.all()) {
      if (made.contains(period.partition())) {
        put(folder(period) + "/" + Lake.INPUT, requireNonNull(inputs.get(period)).line());
      } else {
        // Dynamic overwrite leaves alone what it has no rows for.
        files.delete(new Path(root, folder(period)), true);
      }
    }
  }

  /** Makes these flags the whole of these hours, one file each. */
  void replaceFlags(Periods hours, Dataset<Row> flags) throws IOException {
    flags
        .write()
        .mode(SaveMode.Overwrite)
        .partitionBy("event_date", "event_hour")
        .parquet(root + "/" + Lake.FLAGS);
    var flagged = periodsOf(Counting.withPeriod(flags, Granularity.HOUR));
    for (Period hour : hours.all()) {
      if (!flagged.contains(hour.partition())) {
        var folder = Lake.FLAGS + "/" + Periods.hours(hour).findFirst().orElseThrow();
        files.delete(new Path(root, folder), true);
      }
    }
  }

  private static List<String> periodsOf(Dataset<Row> charts) {
    return charts.select("period_start").distinct().as(Encoders.STRING()).collectAsList();
  }

  private static String rulesFile(Period period) {
    return "%s/_rules/%s".formatted(folder(period.granularity()), period.partition());
  }

  private static String folder(Period period) {
    return folder(period.granularity()) + "/period_start=" + period.partition();
  }

  private static String folder(Granularity granularity) {
    return Lake.CHARTS + "/granularity=" + granularity.wireName();
  }

  /** Which files of plays/ the period's hours were made from; of an hour without plays none. */
  private List<String> inputLines(Period period) throws IOException {
    var lines = new ArrayList<String>();
    for (String hour : Periods.hours(period).toList()) {
      inputLines(hour).forEach(lines::add);
    }
    return lines;
  }

  /** A line that no file is called by where an hour does not say: its charts are to be remade. */
  private Stream<String> inputLines(String hour) throws IOException {
    var folder = Lake.ENRICHED + "/" + hour;
    var input = text(folder + "/" + Lake.INPUT);
    if (input.isPresent()) {
      return input.get().lines();
    }
    return files.exists(new Path(root, folder)) ? Stream.of("unknown " + hour) : Stream.empty();
  }

  private Optional<String> text(String object) throws IOException {
    try (var in = files.open(new Path(root, object))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private void put(String object, String text) throws IOException {
    try (var out = files.create(new Path(root, object))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Dataset<Row> hours(Periods periods, String table, String ddl) throws IOException {
    return rows(periods.hourFolders(table).toList(), table, ddl);
  }

  private Dataset<Row> days(Instant from, Instant to, String table, String ddl) throws IOException {
    var days = Period.touching(Granularity.DAY, from, to);
    var folders = days.map(day -> table + "/event_date=" + day.partition().substring(0, 10));
    return rows(folders.toList(), table, ddl);
  }

  private Dataset<Row> rows(List<String> folders, String table, String ddl) throws IOException {
    var schema = StructType.fromDDL(ddl);
    var existing = existing(folders);
    return existing.isEmpty()
        ? spark.createDataFrame(List.of(), schema)
        : spark
            .read()
            .schema(schema)
            .option("basePath", root + "/" + table)
            .parquet(existing.toArray(String[]::new));
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
