package topsongs.launcher.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.utils.Time;
import topsongs.contract.Topics;

/** The real broker from its jars: one node that is broker and controller (KRaft). */
final class KafkaServer {
  /** Always the same, so that formatting a formatted folder again is no change. */
  private static final String CLUSTER_ID = "dG9wLXNvbmdzLWxvY2FsMQ";

  private static final int TIMEOUT_SECONDS = 60;

  private KafkaServer() {}

  /** Starts a broker on the data in the folder and makes the product's topics. */
  static void start(int port, Path folder) throws Exception {
    var settings = settings(port, Ports.free(), folder);
    format(settings, folder);
    var server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-stop"));
    server.startup();
    createTopics("127.0.0.1:" + port);
  }

  private static Properties settings(int port, int controllerPort, Path folder) {
    var settings = new Properties();
    settings.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                    .formatted(port, controllerPort)),
            Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("log.dirs", folder.resolve("data").toString()),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0")));
    return settings;
  }

  /** Does nothing where the folder is formatted already. */
  private static void format(Properties settings, Path folder) throws IOException {
    Files.createDirectories(folder);
    var file = folder.resolve("server.properties");
    try (var out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    String[] arguments = {
      "format", "--ignore-formatted", "--cluster-id", CLUSTER_ID, "--config", file.toString()
    };
    var output = new PrintStream(folder.resolve("format.log").toFile(), StandardCharsets.UTF_8);
    try (output) {
      if (StorageTool.execute(arguments, output) != 0) {
        throw new IllegalStateException(
            "Cannot format Kafka's folder %s: see format.log in it".formatted(folder));
      }
    }
  }

  private static void createTopics(String address)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
      Set<String> existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing =
          Stream.of(Topics.PLAYS, Topics.PLAYS_REJECTED)
              .filter(topic -> !existing.contains(topic))
              .map(KafkaServer::topic)
              .toList();
      admin.createTopics(missing).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Topics.PARTITIONS, (short) 1)
        .configs(
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(Topics.RETENTION.toMillis()),
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime"));
  }
}
