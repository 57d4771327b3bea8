package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static RunningApi api;
  private static ChartTables tables;

  @BeforeAll
  static void start() {
    api = RunningApi.withTables();
    tables = api.tables();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void clear() {
    tables.clear();
  }

  @Test
  void beforeTheFirstAudit_nothingIsKnown() {
    var answer = api.get("/v1/audit");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"audited_at\":null,\"partitions\":[],\"missing\":0}");
  }

  @Test
  void auditSaysWhatIsMissingOfEachPartition() {
    tables.audited(1, 1_200, 409_118, 407_906, "missing: offsets 2120 to 2131");
    tables.audited(0, 0, 412_903, 412_903, null);
    var answer = api.get("/v1/audit");
    assertThat(RunningApi.json(answer.body())).isEqualTo(RunningApi.example("audit"));
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void openApiShowsIt() {
    var audit = api.getJson("/v3/api-docs").at("/paths/~1v1~1audit/get/responses/200");
    assertThat(audit.at("/content/application~1json/example"))
        .isEqualTo(RunningApi.example("audit"));
  }
}
