package topsongs.ingestion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topsongs.contract.TestServer;

/** The whole service on a free port, spoken to as a client would. */
record Api(ConfigurableApplicationContext context, HttpClient http) implements AutoCloseable {
  static final String KEY = "first-key";
  static final String OTHER_KEY = "second-key";
  static final String SONGS_KEY = "songs-key";
  static final String NOBODY = "127.0.0.1:1";
  static final String PLAYS = "/v1/plays";
  static final String BATCH = "/v1/plays/batch";
  static final String JSON = "application/json";
  static final String NDJSON = "application/x-ndjson";

  private static final JsonMapper MAPPER = new JsonMapper();

  static Api start(String kafka) {
    return start(kafka, KEY + ", " + OTHER_KEY);
  }

  static Api start(String kafka, String keys, String... more) {
    var arguments =
        Stream.of(
            "--server.port=0",
            "--spring.kafka.bootstrap-servers=" + kafka,
            "--top-songs.api-keys=" + keys);
    var context =
        SpringApplication.run(
            IngestionApi.class, Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
    return new Api(context, HttpClient.newHttpClient());
  }

  /** With the catalogue of an object store, and without Kafka, which songs do not need. */
  static Api ofSongs(String objectStore) {
    return start(
        NOBODY,
        KEY,
        "--top-songs.catalogue-keys=" + SONGS_KEY,
        "--top-songs.lake.endpoint=" + objectStore,
        "--top-songs.lake.access-key=" + TestServer.S3_ACCESS_KEY,
        "--top-songs.lake.secret-key=" + TestServer.S3_SECRET_KEY);
  }

  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  HttpResponse<String> post(String path, String type, String body) {
    return post(path, type, BodyPublishers.ofString(body));
  }

  HttpResponse<String> post(String path, String type, BodyPublisher body) {
    return send(request(path).header("Content-Type", type).POST(body));
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  /** A request with a known key. */
  HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", "Bearer " + KEY);
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)))
        .timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return MAPPER.readTree(response.body());
  }

  @Override
  public void close() {
    context.close();
  }
}
