package topsongs.streaming;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Waits for topics that somebody else creates. */
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
