package topsongs.streaming;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(
      names = "--kafka",
      defaultValue = "${env:TOP_SONGS_KAFKA:-127.0.0.1:9092}",
      description = "host:port,… of the brokers (TOP_SONGS_KAFKA)")
  private String kafka;

  @Option(
      names = "--trigger",
      defaultValue = "2s",
      description = "a micro-batch starts at most this often, such as 0.5s, 2s or 1m")
  private Duration trigger;

  @Option(
      names = "--max-plays-per-trigger",
      defaultValue = "500000",
      description = "bounds a micro-batch, and so memory")
  private long maxPlays;

  @Option(
      names = "--heartbeat",
      paramLabel = "FILE",
      defaultValue = "${env:TOP_SONGS_HEARTBEAT}",
      description = "written after every look at Kafka, for health checks (TOP_SONGS_HEARTBEAT)")
  private java.nio.file.@Nullable Path heartbeat;

  @Option(names = "--once", description = "end when all that is in Kafka now is in the lake")
  private boolean once;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new StreamingJob())
            .registerConverter(Duration.class, text -> Duration.parse("PT" + text))
            .setExecutionExceptionHandler(Termination::failed)
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Termination.onSignal(() -> {});
    KafkaTopics.await(kafka, List.of(Topics.PLAYS, Topics.PLAYS_REJECTED), PATIENCE);
    var earliest = KafkaTopics.earliest(kafka, Topics.PLAYS, PATIENCE);
    var lake = Lake.root(System.getenv());
    var lastLook = once ? Instant.now() : Instant.MAX;
    try (var spark = Session.open(System.getenv())) {
      var hadoop = spark.sparkContext().hadoopConfiguration();
      var file = new ProgressFile(hadoop, new Path(lake, Lake.STREAM_PROGRESS));
      spark
          .streams()
          .addListener(new ProgressListener(file, Clock.systemUTC(), earliest, lastLook));
      if (heartbeat != null) {
        spark.streams().addListener(new Heartbeat(heartbeat));
      }
      var stream = new PlayStream(lake, kafka);
      var query = once ? stream.once(spark, maxPlays) : stream.every(trigger, spark, maxPlays);
      Termination.onSignal(() -> Termination.stop(query));
      query.awaitTermination();
    }
    return 0;
  }
}
