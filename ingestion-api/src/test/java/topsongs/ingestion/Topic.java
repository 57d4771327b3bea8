package topsongs.ingestion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import topsongs.contract.TestServer;
import topsongs.contract.Topics;

/** What a broker holds, read by plain clients that know nothing of the service. */
record Topic(String name, String kafka) {
  static Topic plays(TestServer kafka) {
    return new Topic(Topics.PLAYS, kafka.address());
  }

  /** Every record from the beginning to the end as it is now. */
  List<ConsumerRecord<String, String>> records() {
    try (var consumer =
        new KafkaConsumer<>(clientSettings(), new StringDeserializer(), new StringDeserializer())) {
      var partitions =
          IntStream.range(0, Topics.PARTITIONS).mapToObj(n -> new TopicPartition(name, n)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var records = new ArrayList<ConsumerRecord<String, String>>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  /** The values that hold the text, such as an event_id. */
  List<ConsumerRecord<String, String>> recordsOf(String text) {
    return records().stream().filter(r -> r.value().contains(text)).toList();
  }

  TopicDescription description() throws ExecutionException, InterruptedException {
    try (var admin = Admin.create(clientSettings())) {
      return Objects.requireNonNull(
          admin.describeTopics(List.of(name)).allTopicNames().get().get(name));
    }
  }

  String setting(String setting) throws ExecutionException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try (var admin = Admin.create(clientSettings())) {
      var settings = admin.describeConfigs(List.of(resource)).all().get().get(resource);
      return Objects.requireNonNull(settings).get(setting).value();
    }
  }

  private Map<String, Object> clientSettings() {
    return Map.of("bootstrap.servers", kafka);
  }
}
