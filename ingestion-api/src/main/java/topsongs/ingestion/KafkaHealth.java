package topsongs.ingestion;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether Kafka answers and has the topics, which it is given where they are missing. Asked in the
 * background: neither the start nor a probe waits for a broker that is away.
 */
@Component("kafka")
class KafkaHealth implements HealthIndicator, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaHealth.class);

  private final KafkaAdmin admin;
  private final List<NewTopic> topics;
  private final Admin client;
  private volatile Health health = Health.outOfService().build();
  private volatile boolean seenTopics;

  KafkaHealth(KafkaAdmin admin, List<NewTopic> topics) {
    this.admin = admin;
    this.topics = topics;
    this.client = Admin.create(admin.getConfigurationProperties());
  }

  @Override
  public Health health() {
    return health;
  }

  /** Before it has, a producer must not ask for a topic, lest the broker make one of its own. */
  boolean hasSeenTopics() {
    return seenTopics;
  }

  @Scheduled(fixedDelay = 3, timeUnit = TimeUnit.SECONDS)
  void ask() {
    try {
      requireTopics();
      seenTopics = true;
      tell(Health.up().build());
    } catch (ExecutionException | KafkaException | IllegalStateException e) {
      tell(Health.down().withDetail("reason", reason(e)).build());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The service ends.
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private void requireTopics() throws ExecutionException, InterruptedException {
    try {
      client.describeTopics(topics.stream().map(NewTopic::name).toList()).allTopicNames().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
      admin.createOrModifyTopics(topics.toArray(NewTopic[]::new));
    }
  }

  private void tell(Health found) {
    if (!found.getStatus().equals(health.getStatus())) {
      LOG.info("Kafka at {} is {} {}", address(), found.getStatus(), found.getDetails());
    }
    health = found;
  }

  private @Nullable Object address() {
    return admin.getConfigurationProperties().get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  private static String reason(Exception e) {
    var cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }
}
