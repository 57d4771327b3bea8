package topsongs.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Airflow's REST API, as far as this project asks it. */
final class AirflowApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final int MISSING = 404;
  private static final int OWN_FAULT = 500;

  private final URI url;
  private final String user;
  private final String password;
  private @Nullable String token;

  AirflowApi(URI url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /** A part's state such as healthy; what has not answered yet is unhealthy. */
  String health(String component) throws InterruptedException {
    try {
      var health = send(request("/api/v2/monitor/health").GET());
      return component.equals("api-server")
          ? "healthy"
          : health.path(component).path("status").asText();
    } catch (IOException | IllegalStateException e) {
      return "unhealthy";
    }
  }

  /** Waits until the DAG processor has read the DAG, and turns it on. */
  void enable(String dag, Duration within) throws IOException, InterruptedException {
    var deadline = Instant.now().plus(within);
    while (get("/dags/" + dag).isMissingNode()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "Cannot find the DAG %s in Airflow after %d s".formatted(dag, within.toSeconds()));
      }
      Thread.sleep(500);
    }
    patch("/dags/" + dag, Map.of("is_paused", false));
  }

  /**
   * Triggers a run.
   *
   * @param asked the fields of the request's body, such as conf
   * @return the run's id
   */
  String trigger(String dag, Map<String, @Nullable Object> asked)
      throws IOException, InterruptedException {
    var run = post("/dags/%s/dagRuns".formatted(dag), asked).path("dag_run_id").asText();
    if (run.isEmpty()) {
      throw new IllegalStateException("Cannot run %s: Airflow has no such DAG".formatted(dag));
    }
    return run;
  }

  /**
   * Waits for the end of a run.
   *
   * @param done hears the name of each task that has ended well
   * @return its last state: success or failed
   * @throws IllegalStateException when it has not ended in time
   */
  String awaitEnd(String dag, String run, Duration within, Consumer<String> done)
      throws InterruptedException {
    var deadline = Instant.now().plus(within);
    var told = new HashSet<String>();
    while (true) {
      var state = state(dag, run);
      tell(dag, run, told, done);
      if (state.equals("success") || state.equals("failed")) {
        return state;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "Cannot wait for %s of %s: it is %s after %d s"
                .formatted(run, dag, state, within.toSeconds()));
      }
      Thread.sleep(1_000);
    }
  }

  /** An API server that is just being started again has no answer, and the run goes on. */
  private String state(String dag, String run) throws InterruptedException {
    try {
      return get(path(dag, run)).path("state").asText();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private void tell(String dag, String run, Set<String> told, Consumer<String> done)
      throws InterruptedException {
    try {
      for (var task : tasks(dag, run)) {
        var name = task.path("task_id").asText();
        if (task.path("state").asText().equals("success") && told.add(name)) {
          done.accept(name);
        }
      }
    } catch (IOException e) {
      // Told with the next look.
    }
  }

  /** A run's task instances. */
  JsonNode tasks(String dag, String run) throws IOException, InterruptedException {
    return get(path(dag, run) + "/taskInstances").path("task_instances");
  }

  /** What a path below /api/v2 answers; a missing node where there is nothing. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return send(authorized(path).GET());
  }

  JsonNode post(String path, Object body) throws IOException, InterruptedException {
    return send(authorized(path).POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  JsonNode patch(String path, Object body) throws IOException, InterruptedException {
    var json = BodyPublishers.ofString(JSON.writeValueAsString(body));
    return send(authorized(path).method("PATCH", json));
  }

  static String path(String dag, String run) {
    return "/dags/%s/dagRuns/%s".formatted(dag, URLEncoder.encode(run, StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder authorized(String path) throws IOException, InterruptedException {
    if (token == null) {
      var login = JSON.writeValueAsString(Map.of("username", user, "password", password));
      token =
          send(request("/auth/token").POST(BodyPublishers.ofString(login)))
              .path("access_token")
              .asText();
    }
    return request("/api/v2" + path).header("Authorization", "Bearer " + token);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve(path))
        .header("Content-Type", "application/json")
        .timeout(ANSWER_WITHIN);
  }

  private static JsonNode send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var response = HTTP.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() == MISSING) {
      return JSON.missingNode();
    }
    if (response.statusCode() >= OWN_FAULT) {
      throw new IOException("%s answered %d".formatted(response.uri(), response.statusCode()));
    }
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          "Cannot ask Airflow: %s answered %d: %s"
              .formatted(response.uri(), response.statusCode(), response.body()));
    }
    return JSON.readTree(response.body());
  }
}
