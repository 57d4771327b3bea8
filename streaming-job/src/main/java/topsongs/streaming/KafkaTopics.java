package topsongs.streaming;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Waits for topics that somebody else creates, and asks where they begin. */
final class KafkaTopics {
  private static final int BETWEEN_LOOKS_MS = 500;

  private KafkaTopics() {}

  /**
   * @throws IllegalStateException when the topics are not there within the patience
   */
  static void await(String kafka, List<String> topics, Duration patience)
      throws InterruptedException {
    var end = Instant.now().plus(patience);
    try (var admin = Admin.create(settings(kafka, patience))) {
      var problem = problem(admin, topics);
      while (!problem.isEmpty()) {
        if (Instant.now().isAfter(end)) {
          throw new IllegalStateException(
              "Cannot stream plays: Kafka at %s has no topics %s after %d s: %s"
                  .formatted(kafka, topics, patience.toSeconds(), problem));
        }
        Thread.sleep(BETWEEN_LOOKS_MS);
        problem = problem(admin, topics);
      }
    }
  }

  /** The first offset that Kafka has of each partition of a topic that is there. */
  static Map<Integer, Long> earliest(String kafka, String topic, Duration patience)
      throws InterruptedException {
    try (var admin = Admin.create(settings(kafka, patience))) {
      var partitions = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      var asked = new HashMap<TopicPartition, OffsetSpec>();
      for (var partition : requireNonNull(partitions).partitions()) {
        asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
      }
      var offsets = new TreeMap<Integer, Long>();
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach((partition, first) -> offsets.put(partition.partition(), first.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Cannot stream plays: Kafka at %s does not say where %s begins: %s"
              .formatted(kafka, topic, e.getCause()),
          e);
    }
  }

  private static String problem(Admin admin, List<String> topics) throws InterruptedException {
    try {
      var unused = admin.describeTopics(topics).allTopicNames().get();
      return "";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }

  private static Map<String, Object> settings(String kafka, Duration patience) {
    return Map.of(
        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis(),
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.dividedBy(4).toMillis());
  }
}
