package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static topsongs.serving.ChartTables.charted;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database comes late, goes away, comes back, falls silent. The API stays up. */
class DatabaseTest {
  private static final Duration BOUND = Duration.ofSeconds(4);

  private RunningApi api;

  @BeforeEach
  void start() {
    api =
        RunningApi.withoutTables(
            "--spring.datasource.hikari.data-source-properties.options=-c statement_timeout=500ms");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void tablesThatComeLate_areAnsweredWithoutARestart() {
    var early = api.get("/v1/charts/CA/hour");
    assertUnavailable(early);
    assertThat(early.body()).contains("no tables yet");
    migrateAndChart();
    assertThat(api.get("/v1/charts/CA/hour").statusCode()).isEqualTo(200);
  }

  @Test
  void databaseThatGoesAwayAndComesBack_is503InBetween() {
    migrateAndChart();
    assertThat(api.get("/v1/charts/CA/hour").statusCode()).isEqualTo(200);
    api.database().shut();
    assertUnavailable(api.get("/v1/charts/CA/hour"));
    assertUnavailable(api.get("/v1/status"));
    assertThat(api.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
    api.database().open();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> api.get("/v1/charts/CA/hour").statusCode() == 200);
    assertThat(api.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
  }

  @Test
  void killedDatabase_is503InBoundedTime() {
    migrateAndChart();
    assertThat(api.get("/v1/regions").statusCode()).isEqualTo(200);
    api.database().killServer();
    var asked = Instant.now();
    assertUnavailable(api.get("/v1/regions"));
    assertThat(Duration.between(asked, Instant.now())).isLessThan(BOUND);
  }

  @Test
  void statementThatDoesNotEnd_is503InBoundedTime() throws Exception {
    migrateAndChart();
    try (var connection = api.database().source().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE chart IN ACCESS EXCLUSIVE MODE");
      var asked = Instant.now();
      assertUnavailable(api.get("/v1/charts/CA/hour"));
      assertThat(Duration.between(asked, Instant.now())).isLessThan(BOUND);
    }
  }

  private void migrateAndChart() {
    DemoDatabase.migrate(api.database().source());
    api.tables().finalHour("CA", "2026-11-22T10:00:00Z", charted("copper", 5));
  }

  private static void assertUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("Cannot read charts: ")
        .doesNotContain("SELECT", "127.0.0.1");
  }
}
