package topsongs.contract;

import java.util.Map;

/**
 * A real server of the stack for edge tests: Kafka, the object store or PostgreSQL, in a process of
 * its own, empty, on a free port; with {@code -Dinfra=containers} in a container of the image that
 * the stack runs. Both are started over a classpath file, so that neither Boot's nor Spark's
 * classpath ever meets a broker's or Testcontainers'.
 */
public final class TestServer implements AutoCloseable {
  /** Credentials of the object store; the bucket {@link Lake#BUCKET} exists. */
  public static final String S3_ACCESS_KEY = "top-songs";

  public static final String S3_SECRET_KEY = "top-songs-secret";

  /** User of the database {@code top_songs}; any password will do. */
  public static final String DATABASE_USER = "top_songs";

  private final ServerProcess server;

  private TestServer(String name) {
    server = ServerProcess.start(name);
  }

  /** A broker with the topics of {@link Topics}. */
  public static TestServer kafka() {
    return new TestServer("kafka");
  }

  /** An S3 server with the bucket {@link Lake#BUCKET}. */
  public static TestServer objectStore() {
    return new TestServer("object-store");
  }

  /** A PostgreSQL server with the empty database {@code top_songs}. */
  public static TestServer postgres() {
    return new TestServer("postgres");
  }

  public int port() {
    return Integer.parseInt(address().substring(address().lastIndexOf(':') + 1));
  }

  /** Host and port, as Kafka's bootstrap servers are written. */
  public String address() {
    return server.address();
  }

  public String s3Endpoint() {
    return "http://" + address();
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://" + address() + "/top_songs";
  }

  /** Settings that open the object store's lake, as {@link Lake#sparkSettings} reads them. */
  public Map<String, String> lakeEnvironment() {
    return Map.of(
        "TOP_SONGS_S3_ENDPOINT", s3Endpoint(),
        "TOP_SONGS_S3_ACCESS_KEY", S3_ACCESS_KEY,
        "TOP_SONGS_S3_SECRET_KEY", S3_SECRET_KEY);
  }

  @Override
  public void close() {
    server.stop();
  }
}
