package topsongs.streaming;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import topsongs.contract.Lake;
import topsongs.contract.Topics;

/** Streams plays from Kafka into the lake until it is told to stop. */
@Command(
    name = "streaming-job",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Moves plays from the Kafka topic plays into plays/ of the lake, and what is not a play into",
      "rejected/ and the topic plays.rejected. Runs until SIGTERM; may be killed at any moment.",
      "The lake is TOP_SONGS_LAKE; the Spark master comes from -Dspark.master or spark-submit."
    })
public final class StreamingJob implements Callable<Integer> {
  private static final Duration TOPIC_PATIENCE = Duration.ofSeconds(60);

  /** Taken where nothing else was given from outside; they suit one small machine. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.app.name", "streaming-job",
          // A stream cannot have it, and would warn.
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.shuffle.partitions", "4",
          "spark.sql.streaming.noDataProgressEventInterval", "2000",
          "spark.sql.streaming.stopTimeout", "20s",
          // The default remembers an object's ETag and then fails to read what replaced it.
          "spark.hadoop.fs.s3a.input.stream.type", "classic",
          // Spark's INT96 is deprecated; every Parquet reader knows this one.
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
          // On S3 a rename is a copy: 2 copies each file once, 1 twice. Neither loses a row.
          "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2",
          "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");

  @Option(
      names = "--kafka",
      defaultValue = "${env:TOP_SONGS_KAFKA:-127.0.0.1:9092}",
      description = "host:port,… of the brokers (TOP_SONGS_KAFKA)")
  private String kafka = "";

  @Option(
      names = "--trigger",
      defaultValue = "2s",
      converter = Seconds.class,
      description = "a micro-batch starts at most this often, such as 0.5s, 2s or 1m")
  private Duration trigger = Duration.ZERO;

  @Option(
      names = "--max-plays-per-trigger",
      defaultValue = "500000",
      description = "bounds a micro-batch, and so memory")
  private long maxPlays;

  @Option(names = "--once", description = "stop when all that is in Kafka now is in the lake")
  private boolean once;

  public static void main(String[] args) {
    System.exit(new CommandLine(new StreamingJob()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Termination.handle(() -> {});
    KafkaTopics.await(kafka, List.of(Topics.PLAYS, Topics.PLAYS_REJECTED), TOPIC_PATIENCE);
    var lastLook = once ? Instant.now() : Instant.MAX;
    try (var spark = SparkSession.builder().config(settings()).getOrCreate()) {
      var lake = Lake.root(System.getenv());
      var file =
          new ProgressFile(
              spark.sparkContext().hadoopConfiguration(), new Path(lake, Lake.STREAM_PROGRESS));
      spark.streams().addListener(new ProgressListener(file, Clock.systemUTC(), lastLook));
      var query = start(spark, lake);
      Termination.handle(() -> stop(query));
      query.awaitTermination();
    }
    return 0;
  }

  private StreamingQuery start(SparkSession spark, String lake) throws TimeoutException {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", kafka)
        .option("subscribe", Topics.PLAYS)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", maxPlays)
        .load()
        .writeStream()
        .queryName("plays to the lake")
        .trigger(once ? Trigger.AvailableNow() : Trigger.ProcessingTime(trigger.toMillis()))
        .option("checkpointLocation", lake + "/" + Lake.STREAM_CHECKPOINT)
        .foreachBatch(new MicroBatch(lake, kafka))
        .start();
  }

  /** A micro-batch that is under way is abandoned; the next run does it again. */
  private static void stop(StreamingQuery query) {
    try {
      query.stop();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Cannot stop the stream in time: " + e.getMessage(), e);
    }
  }

  private static SparkConf settings() {
    var settings = new SparkConf();
    DEFAULTS.forEach(settings::setIfMissing);
    Lake.sparkSettings(System.getenv()).forEach(settings::setIfMissing);
    return settings;
  }

  private static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Duration.parse("PT" + text);
    }
  }
}
