package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private static final String DASHBOARD = "https://charts.example.org";

  private static RunningApi api;

  @BeforeAll
  static void start() {
    api = RunningApi.withTables("--top-songs.cors-origins=" + DASHBOARD + ",http://localhost:3000");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void openApiSpellsFieldsAsTheAnswersDo() {
    var schemas = api.getJson("/v3/api-docs").at("/components/schemas");
    assertThat(schemas.at("/Chart/properties").propertyNames())
        .contains("period_start", "number_one_history")
        .doesNotContain("periodStart");
    assertThat(schemas.at("/Chart/required")).hasSize(schemas.at("/Chart/properties").size());
    assertThat(schemas.at("/Trace/required")).hasSize(schemas.at("/Trace/properties").size());
    assertThat(schemas.at("/TracedPlay/properties").propertyNames())
        .contains("played_at", "ms_played")
        .doesNotContain("user_id");
    assertThat(schemas.at("/Song/properties/title/type").toString()).contains("null");
    assertThat(schemas.at("/Song/properties/song_id/type").toString()).doesNotContain("null");
    assertThat(schemas.at("/Racer/properties/ranks/items/type").toString()).contains("null");
    assertThat(schemas.at("/RacePeriod/properties/status/enum").toString())
        .contains("final", "null");
  }

  @Test
  void openApiDescribesParametersAnswersAndProblems() {
    var chart = api.getJson("/v3/api-docs").at("/paths/~1v1~1charts~1{region}~1{granularity}/get");
    assertThat(chart.at("/parameters/3/schema/default").asString()).isEqualTo("10");
    assertThat(chart.at("/parameters/1/schema/enum").toString()).isEqualTo("[\"hour\",\"day\"]");
    assertThat(chart.at("/responses").propertyNames())
        .containsExactlyInAnyOrder("200", "304", "400", "403", "404", "406", "429", "503");
    assertThat(
            chart
                .at("/responses/200/content/application~1json/example/entries/0/movement")
                .asString())
        .isEqualTo("up");
  }

  @Test
  void healthAndMetricsAndSwaggerUiAreThere() {
    assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    assertThat(api.get("/actuator/prometheus").body()).contains("hikaricp_connections_active");
    assertThat(api.get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
    assertThat(api.get("/actuator/env").statusCode()).isEqualTo(404);
  }

  @Test
  void onlyListedOriginsMayRead() {
    assertThat(allowed(DASHBOARD)).isEqualTo(DASHBOARD);
    assertThat(allowed("http://localhost:3000")).isEqualTo("http://localhost:3000");
    var refused = api.get("/v1/regions", "Origin", "https://evil.example");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(RunningApi.json(refused.body()).at("/status").asInt()).isEqualTo(403);
  }

  private static String allowed(String origin) {
    var answer = api.get("/v1/regions", "Origin", origin);
    return answer.headers().firstValue("Access-Control-Allow-Origin").orElse("none");
  }

  @Test
  void withoutAListNoOriginMayRead() {
    try (var closed = RunningApi.withTables()) {
      var answer = closed.get("/v1/regions", "Origin", DASHBOARD);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }
}
