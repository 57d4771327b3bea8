package topsongs.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topsongs.contract.TestServer;

/** serving-api on a free port, over a database of its own. */
final class RunningApi implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final TestDatabase database;
  private final ConfigurableApplicationContext api;

  private RunningApi(TestDatabase database, String... settings) {
    this.database = database;
    var application = new SpringApplication(ServingApi.class);
    application.setDefaultProperties(
        Map.of(
            "TOP_SONGS_SERVING_PORT",
            "0",
            "TOP_SONGS_DB_URL",
            database.url(),
            "TOP_SONGS_DB_USER",
            TestServer.DATABASE_USER,
            "TOP_SONGS_DB_PASSWORD",
            "any"));
    api = application.run(settings);
  }

  static RunningApi withoutTables(String... settings) {
    return new RunningApi(TestDatabase.withoutTables(), settings);
  }

  static RunningApi withTables(String... settings) {
    return new RunningApi(TestDatabase.withTables(), settings);
  }

  int port() {
    return api.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  TestDatabase database() {
    return database;
  }

  ChartTables tables() {
    return new ChartTables(database.source());
  }

  /**
   * @param headers names and values in turn
   */
  HttpResponse<String> get(String path, String... headers) {
    var request = request(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  HttpResponse<String> head(String path) {
    return send(request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
  }

  HttpResponse<String> post(String path) {
    return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
  }

  JsonNode getJson(String path) {
    return json(get(path).body());
  }

  /** What OpenAPI shows as the answer. */
  static JsonNode example(String name) {
    try (var file = RunningApi.class.getResourceAsStream("/examples/" + name + ".json")) {
      return JSON.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("Cannot reach serving-api", e);
    }
  }

  /** As on SIGTERM. */
  void stop() {
    api.close();
  }

  @Override
  public void close() {
    api.close();
    database.close();
  }
}
