package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.serving.ChartTables.charted;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
  private static RunningApi api;

  @BeforeAll
  static void start() {
    api = RunningApi.withTables();
    api.tables().finalHour("CA", "2026-11-22T10:00:00Z", charted("copper", 5));
    api.tables().finalHour("CA", "2026-11-22T16:00:00Z", charted("copper", 5));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/charts/CA/week                                        | granularity | must be hour or day, got 'week'
          /v1/charts/CA/HOUR                                        | granularity | got 'HOUR'
          /v1/charts/CA/%20                                         | granularity | got ' '
          /v1/charts/CA/hour?at=yesterday                           | at          | an RFC 3339 instant such as 2026-11-22T13:00:00Z, got 'yesterday'
          /v1/charts/CA/hour?at=                                    | at          | got ''
          /v1/charts/CA/hour?at=2026-11-22                          | at          | got '2026-11-22'
          /v1/charts/CA/hour?at=2026-11-22T13:00:00                 | at          | got '2026-11-22T13:00:00'
          /v1/charts/CA/hour?at=9999-12-31T23:30:00Z                | at          | got '9999-12-31T23:30:00Z'
          /v1/charts/CA/hour?at=%2B999999-11-22T13:00:00Z           | at          | got '+999999-11-22T13:00:00Z'
          /v1/charts/CA/hour?at=-0001-11-22T13:00:00Z               | at          | got '-0001-11-22T13:00:00Z'
          /v1/charts/CA/hour?at=%00                                 | at          | must be an RFC 3339 instant
          /v1/charts/CA/hour?limit=0                                | limit       | must be a whole number from 1 to 100, got '0'
          /v1/charts/CA/hour?limit=101                              | limit       | got '101'
          /v1/charts/CA/hour?limit=ten                              | limit       | got 'ten'
          /v1/charts/CA/hour?limit=99999999999                      | limit       | got '99999999999'
          /v1/charts/CA/hour?revision=0                             | revision    | must be a whole number from 1, got '0'
          /v1/charts/CA/hour?revision=-1                            | revision    | got '-1'
          /v1/charts/CA/hour?revision=1.0                           | revision    | got '1.0'
          /v1/charts/CA/hour?revision=newest                        | revision    | got 'newest'
          /v1/charts/CA/hour?revision=2147483648                    | revision    | must be a whole number from 1
          /v1/charts/CA/hour?revision=                              | revision    | got ''
          /v1/charts/CA/hour/revisions?at=yesterday                 | at          | an RFC 3339 instant
          /v1/songs/a%0Ab/history                                   | song_id     | none of them control
          /v1/balance?granularity=%00                               | granularity | must be hour or day
          /v1/balance?from=2026-11-22T13:00Z&to=2026-11-22T12:00Z   | to          | must not be before from""")
  void unreadableParameter_is400_namingFieldAndValue(String path, String field, String detail) {
    var answer = api.get(path);
    assertProblem(answer, 400);
    assertThat(RunningApi.json(answer.body()).at("/field").asString()).isEqualTo(field);
    assertThat(RunningApi.json(answer.body()).at("/detail").asString())
        .startsWith("Cannot read " + field + ": ")
        .contains(detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"XQ", "ca", "global", "USA", "%F0%9F%8E%B5", "C%0AA", "%27%3B--"})
  void regionThatIsNone_is404(String region) {
    var answer = api.get("/v1/charts/" + region + "/hour");
    assertProblem(answer, 404);
    assertThat(answer.body()).contains("There is no region", "such as CA");
    assertProblem(api.get("/v1/balance?region=" + region), 404);
  }

  @Test
  void regionWithoutCharts_is404() {
    var answer = api.get("/v1/charts/SE/hour");
    assertProblem(answer, 404);
    assertThat(answer.body()).contains("There is no hour chart of SE yet");
  }

  @Test
  void periodWithoutAChart_is404_withTheNearestThatHasOne() {
    assertThat(nearest("2026-11-22T12:59:59Z")).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(nearest("2026-11-22T14:00:00Z")).isEqualTo("2026-11-22T16:00:00Z");
    assertThat(nearest("0000-01-01T00:00:00Z")).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(nearest("9999-12-30T23:00:00Z")).isEqualTo("2026-11-22T16:00:00Z");
  }

  private static String nearest(String at) {
    var answer = api.get("/v1/charts/CA/hour?at=" + at);
    assertProblem(answer, 404);
    return RunningApi.json(answer.body()).at("/nearest_period").asString();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/charts/CA/hour?limit=, limit",
    "/v1/balance?granularity=, granularity",
    "/v1/feed.json?region=, region"
  })
  void parameterThatIsGivenEmpty_isNotAsIfItWereNotGiven(String path, String field) {
    var answer = api.get(path);
    assertProblem(answer, 400);
    assertThat(RunningApi.json(answer.body()).at("/field").asString()).isEqualTo(field);
    assertThat(answer.body()).contains("must not be empty, got ''");
  }

  @Test
  void kindThatIsNone_is400_saidOnce() {
    assertThat(RunningApi.json(api.get("/v1/flags?kind=bot").body()).at("/detail").asString())
        .isEqualTo("Cannot read kind: must be over_cap, impossible or loop, got 'bot'");
  }

  @Test
  void offsetsOfUpToADay_areRead() {
    for (var at : new String[] {"2026-11-23T09:44:59%2B23:44", "2026-11-21t10:16:00-23:44"}) {
      assertThat(api.get("/v1/charts/CA/hour?at=" + at).statusCode()).as(at).isEqualTo(200);
    }
    assertProblem(api.get("/v1/charts/CA/hour?at=2026-11-22T10:00:00%2B24:00"), 400);
  }

  @Test
  void formWithoutItsBoundary_isNoErrorOfOurs() {
    assertThat(api.get("/v1/regions", "Content-Type", "multipart/form-data").statusCode())
        .isEqualTo(200);
  }

  @Test
  void revisionThatThereIsNot_is404_andSaysWhereAllAre() {
    var answer = api.get("/v1/charts/CA/hour?revision=2&at=2026-11-22T10:00:00Z");
    assertProblem(answer, 404);
    assertThat(answer.body())
        .contains(
            "There is no revision 2 of the hour chart of CA for 2026-11-22T10:00:00Z",
            "/v1/charts/CA/hour/revisions?at=2026-11-22T10:00:00Z");
    assertProblem(api.get("/v1/charts/CA/hour?revision=1&at=2026-11-22T11:00:00Z"), 404);
  }

  @Test
  void revisionsOfAPeriodWithoutAChart_are404() {
    var answer = api.get("/v1/charts/CA/hour/revisions?at=2026-11-22T14:00:00Z");
    assertProblem(answer, 404);
    assertThat(answer.body()).contains("nearest_period");
    assertProblem(api.get("/v1/charts/SE/hour/revisions"), 404);
  }

  @Test
  void unknownPath_wrongMethodAndUnknownType_areProblemsToo() {
    assertProblem(api.get("/v1/nothing"), 404);
    assertProblem(api.get("/error"), 404);
    assertProblem(api.post("/v1/regions"), 405);
    assertProblem(api.get("/v1/regions", "Accept", "application/xml"), 406);
    assertProblem(api.get("/v1/charts/XQ/hour", "Accept", "text/csv"), 404);
    assertProblem(api.get("/v1/charts/XQ/hour", "Accept", "nonsense"), 406);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/charts/%00/hour",
        "/v1/songs/%00/history",
        "/v1/songs/%FF/history",
        "/v1/songs/%zz/history",
        "/v1/charts/CA/hour?at=%zz",
        "/v1/songs/{/history"
      })
  void urlThatTheServerRefusesItself_isAProblemToo(String path) throws IOException {
    assertThat(raw("GET " + path + " HTTP/1.1"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "\"status\":400", "\"detail\":\"Cannot read");
  }

  /** Sends what no client library would. */
  private static String raw(String requestLine) throws IOException {
    try (var socket = new Socket("127.0.0.1", api.port())) {
      var request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(RunningApi.json(answer.body()).at("/status").asInt()).isEqualTo(status);
    assertThat(RunningApi.json(answer.body()).at("/detail").asString()).isNotBlank();
  }
}
