package topsongs.contract;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** One server in a container, for as long as the process lives that started this one. */
final class TestContainer {
  /** As the launcher makes them: the role owns its database and is no superuser. */
  private static final String DATABASE =
      """
      CREATE ROLE %1$s LOGIN;
      CREATE DATABASE %1$s OWNER %1$s;
      """
          .formatted(TestServer.DATABASE_USER);

  private TestContainer() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      requireEngine();
      var container = start(arguments[0]);
      System.out.printf("ready %s:%d%n", container.getHost(), container.getFirstMappedPort());
    } catch (RuntimeException | IOException | ExecutionException e) {
      System.out.printf("Cannot start containers: %s; run without -Dinfra=containers%n", reason(e));
      System.exit(1);
    }
    ProcessHandle.current().parent().orElseThrow().onExit().join();
    System.exit(0);
  }

  private static void requireEngine() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException("no Docker engine answers");
    }
  }

  private static GenericContainer<?> start(String server)
      throws IOException, ExecutionException, InterruptedException {
    return switch (server) {
      case "kafka" -> kafka();
      case "object-store" -> minio();
      case "postgres" -> postgres();
      default -> throw new IllegalArgumentException("no server is called '%s'".formatted(server));
    };
  }

  private static GenericContainer<?> kafka() throws ExecutionException, InterruptedException {
    var broker =
        started(
            new KafkaContainer(image("TOP_SONGS_IMAGE_KAFKA", "apache/kafka", "4.3.1"))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"));
    try (var admin = Admin.create(Map.of("bootstrap.servers", broker.getBootstrapServers()))) {
      var topics = Stream.of(Topics.PLAYS, Topics.PLAYS_REJECTED).map(TestContainer::topic);
      admin.createTopics(topics.toList()).all().get();
    }
    return broker;
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

  private static GenericContainer<?> minio() throws IOException, InterruptedException {
    var root = TestServer.S3_ACCESS_KEY + ":" + TestServer.S3_SECRET_KEY;
    var store =
        started(
            new MinIOContainer(
                    image(
                        "TOP_SONGS_IMAGE_MINIO",
                        "quay.io/minio/minio",
                        "RELEASE.2025-09-07T16-13-09Z",
                        "minio/minio"))
                .withUserName(TestServer.S3_ACCESS_KEY)
                .withPassword(TestServer.S3_SECRET_KEY)
                .withEnv("MC_HOST_store", "http://%s@127.0.0.1:9000".formatted(root)));
    var made = store.execInContainer("mc", "mb", "store/" + Lake.BUCKET);
    if (made.getExitCode() != 0) {
      throw new IOException("no bucket %s: %s".formatted(Lake.BUCKET, made.getStderr().strip()));
    }
    return store;
  }

  private static GenericContainer<?> postgres() {
    return started(
        new PostgreSQLContainer(image("TOP_SONGS_IMAGE_POSTGRES", "postgres", "18"))
            .withUsername("postgres")
            .withDatabaseName("postgres")
            .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
            .withCopyToContainer(
                Transferable.of(DATABASE), "/docker-entrypoint-initdb.d/top-songs.sql"));
  }

  /** Testcontainers stops what a JVM leaves behind, but later than a test that stops a server. */
  private static <C extends GenericContainer<C>> C started(C container) {
    Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
    container.start();
    return container;
  }

  private static DockerImageName image(String variable, String name, String tag) {
    return image(variable, name, tag, name);
  }

  /** The stack's own image or what stands in its place, taken for what Testcontainers knows. */
  private static DockerImageName image(String variable, String name, String tag, String known) {
    var image = System.getenv().getOrDefault(variable, name + ":" + tag);
    return DockerImageName.parse(image).asCompatibleSubstituteFor(known);
  }

  /** The first of a chain says what, the last why. */
  private static String reason(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    var told =
        cause == failure ? failure.getMessage() : failure.getMessage() + ": " + cause.getMessage();
    return String.valueOf(told).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
