package topsongs.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import topsongs.contract.Lake;
import topsongs.contract.TestServer;
import topsongs.contract.Topics;

/**
 * The job as a process against a real broker and a real object store. Every test has a lake of its
 * own and so a stream of its own, which reads the topic from its beginning; plays are told apart by
 * their listener.
 */
class StreamingJobTest {
  /** Long, because the machine may be busy; nothing waits longer than it must. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static TestServer kafka;
  private static TestServer objectStore;
  private static KafkaProducer<String, String> producer;

  private final String lake = "s3a://" + Lake.BUCKET + "/" + UUID.randomUUID();

  @BeforeAll
  static void startServers() {
    kafka = TestServer.kafka();
    objectStore = TestServer.objectStore();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.address()),
            new StringSerializer(),
            new StringSerializer());
    hadoop().set("fs.s3a.input.stream.type", "classic");
    Lake.sparkSettings(objectStore.lakeEnvironment())
        .forEach((key, value) -> hadoop().set(key.replaceFirst("^spark\\.hadoop\\.", ""), value));
  }

  @AfterAll
  static void stopServers() {
    producer.close();
    objectStore.close();
    kafka.close();
  }

  @Test
  void goodPlays_areInTheLake_andBadOnesSetAside() throws Exception {
    send("ana", play("ana", Instant.now()));
    send("ana", play("ana", Instant.now().minus(Duration.ofHours(5))));
    send("bob", "{\"user_id\":\"bob\"}");
    send("cid", null);
    try (var job = start("--once")) {
      assertThat(job.awaitExit()).as(job.log()).isZero();
    }
    var ofAna = lakeRows(Lake.PLAYS).where("user_id = 'ana'");
    assertThat(ofAna.count()).isEqualTo(2);
    assertThat(ofAna.select("event_date", "event_hour").distinct().count()).isEqualTo(2);
    assertThat(lakeRows(Lake.REJECTED).select("reason").collectAsList())
        .extracting(row -> row.getString(0))
        .contains("missing event_id", "no value");
    assertThat(returned())
        .anySatisfy(
            record -> {
              assertThat(record.key()).isEqualTo("bob");
              assertThat(record.value()).isEqualTo("{\"user_id\":\"bob\"}");
              assertThat(new String(record.headers().lastHeader("reason").value(), UTF_8))
                  .isEqualTo("missing event_id");
            });
  }

  /** All that Kafka held is in one of the two tables, and the progress says up to which offset. */
  @Test
  void progress_saysUpToWhichOffsetAllIsInTheLake() throws Exception {
    for (int i = 0; i < 30; i++) {
      send("fay-" + i, i % 3 == 0 ? "{oops" : play("fay-" + i, Instant.now()));
    }
    var ends = endOffsets();
    var begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (var job = start("--once")) {
      assertThat(job.awaitExit()).as(job.log()).isZero();
    }
    var progress = progress().orElseThrow();
    assertThat(progress.offsets()).isEqualTo(ends);
    assertThat(progress.firstOffsets()).hasSize(Topics.PARTITIONS).containsValue(0L);
    assertThat(progress.beganAt()).isBetween(begun, Instant.now());
    assertThat(progress.waiting()).isZero();
    assertThat(progress.minutes().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(ends.values().stream().mapToLong(Long::longValue).sum());
    var inLake =
        lakeRows(Lake.PLAYS)
            .select("kafka_partition", "kafka_offset")
            .union(lakeRows(Lake.REJECTED).select("kafka_partition", "kafka_offset"));
    assertThat(inLake.distinct().count())
        .isEqualTo(ends.values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void recordThatIsInNeitherTable_endsTheStream() {
    PlayStream.requireAll(7, 1_200, 1_200);
    assertThatThrownBy(() -> PlayStream.requireAll(7, 1_200, 1_199))
        .hasMessage(
            "Cannot commit micro-batch 7: it read 1200 records from Kafka and wrote 1199 rows to"
                + " plays/ and rejected/");
  }

  @Test
  void progress_advancesWithPlaysAndWithout() throws Exception {
    try (var job = start("--trigger=0.5s")) {
      send("dan", play("dan", Instant.now()));
      var sent = Instant.now();
      awaitProgressPast(sent);
      assertThat(lakeRows(Lake.PLAYS).where("user_id = 'dan'").count()).isEqualTo(1);
      awaitProgressPast(Instant.now());
      assertThat(progress().orElseThrow().offsets()).hasSize(Topics.PARTITIONS);

      job.terminate();
      assertThat(job.awaitExit()).as(job.log()).isZero();
    }
    var begun = progress().orElseThrow().beganAt();
    try (var job = start("--once")) {
      assertThat(job.awaitExit()).as(job.log()).isZero();
    }
    assertThat(progress().orElseThrow().beganAt()).isEqualTo(begun);
  }

  @Test
  void killedAtAnyMoment_losesNothing() throws Exception {
    var sent = new ArrayList<String>();
    for (int round = 0; round < 3; round++) {
      sent.addAll(sendMany("eve", 500));
      try (var job = start("--trigger=0.1s", "--max-plays-per-trigger=100")) {
        int files = round;
        await().atMost(PATIENCE).until(() -> committedMicroBatches() > files);
        job.kill();
      }
    }
    try (var job = start("--once")) {
      assertThat(job.awaitExit()).as(job.log()).isZero();
    }
    var stored =
        lakeRows(Lake.PLAYS).where("user_id = 'eve'").select("event_id").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(stored).containsAll(sent);
  }

  @Test
  void lakeThatIsNotThere_endsTheJobWithOneAndAReason() throws Exception {
    try (var job = startIn("s3a://no-such-bucket", "--once")) {
      assertThat(job.awaitExit()).isEqualTo(1);
      assertThat(job.log().lines()).last().asString().startsWith("Cannot stream plays: ");
    }
  }

  @Test
  void topicThatIsNotThere_isWaitedForAndThenNamed() {
    assertThatThrownBy(
            () -> KafkaTopics.await(kafka.address(), List.of("nowhere"), Duration.ofSeconds(2)))
        .hasMessageStartingWith("Cannot stream plays: ")
        .hasMessageContaining("nowhere");
  }

  private RunningJob start(String... arguments) {
    return startIn(lake, arguments);
  }

  private static RunningJob startIn(String lake, String... arguments) {
    var environment = new HashMap<>(objectStore.lakeEnvironment());
    environment.put("TOP_SONGS_KAFKA", kafka.address());
    environment.put("TOP_SONGS_LAKE", lake);
    return RunningJob.start(environment, arguments);
  }

  private static String play(String user, Instant at) {
    return play(user, at, UUID.randomUUID().toString());
  }

  private static String play(String user, Instant at, String id) {
    return Plays.with(
        Map.of(
            "event_id",
            id,
            "user_id",
            user,
            "played_at",
            at.toString(),
            "received_at",
            Instant.now().toString()));
  }

  private static void send(String key, @Nullable String value) throws Exception {
    producer.send(new ProducerRecord<>(Topics.PLAYS, key, value)).get();
  }

  /** The ids of the plays, which Kafka has when this returns. */
  private static List<String> sendMany(String user, int count) {
    var ids = IntStream.range(0, count).mapToObj(i -> UUID.randomUUID().toString()).toList();
    ids.forEach(
        id -> {
          var unused =
              producer.send(new ProducerRecord<>(Topics.PLAYS, id, play(user, Instant.now(), id)));
        });
    producer.flush();
    return ids;
  }

  private Dataset<Row> lakeRows(String table) {
    return Records.SPARK.read().schema(schema(table)).parquet(lake + "/" + table);
  }

  private static String schema(String table) {
    return table.equals(Lake.PLAYS) ? Lake.PLAYS_SCHEMA : Lake.REJECTED_SCHEMA;
  }

  private void awaitProgressPast(Instant instant) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(StreamingJobTest::isReplacedWhileRead)
        .untilAsserted(
            () ->
                assertThat(progress())
                    .hasValueSatisfying(p -> assertThat(p.completeUntil()).isAfter(instant)));
  }

  /** S3A asks for an object's length first, then for just that version of it. */
  private static boolean isReplacedWhileRead(Throwable e) {
    return String.valueOf(e.getMessage()).contains("PreconditionFailed");
  }

  private Optional<StreamProgress> progress() {
    return new ProgressFile(hadoop(), new Path(lake, Lake.STREAM_PROGRESS)).read();
  }

  private long committedMicroBatches() throws IOException {
    var commits = new Path(lake, Lake.STREAM_CHECKPOINT + "/commits");
    try {
      return Stream.of(commits.getFileSystem(hadoop()).listStatus(commits))
          .filter(file -> !file.getPath().getName().startsWith("."))
          .count();
    } catch (FileNotFoundException e) {
      return 0;
    }
  }

  /** Each partition's next offset to be written. */
  private static Map<Integer, Long> endOffsets() {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.address()),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topics.PLAYS).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      var offsets = new HashMap<Integer, Long>();
      consumer.endOffsets(partitions).forEach((p, end) -> offsets.put(p.partition(), end));
      return offsets;
    }
  }

  private static List<ConsumerRecord<String, String>> returned() {
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.address(), "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(Topics.PLAYS_REJECTED).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var records = new ArrayList<ConsumerRecord<String, String>>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      }
      return records;
    }
  }

  private static Configuration hadoop() {
    return Records.SPARK.sparkContext().hadoopConfiguration();
  }
}
