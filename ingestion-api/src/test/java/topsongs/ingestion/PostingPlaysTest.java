package topsongs.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static topsongs.ingestion.Api.BATCH;
import static topsongs.ingestion.Api.JSON;
import static topsongs.ingestion.Api.NDJSON;
import static topsongs.ingestion.Api.PLAYS;
import static topsongs.ingestion.Plays.anaPlaysHalo;
import static topsongs.ingestion.Plays.batch;
import static topsongs.ingestion.Plays.eventId;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topsongs.contract.TestServer;
import topsongs.contract.Topics;

/** Every documented answer, given by the whole service over a real broker. */
class PostingPlaysTest {
  private static final int FIFTY_MB = 50_000_000;

  private static TestServer kafka;
  private static Api api;

  @BeforeAll
  static void start() {
    kafka = TestServer.kafka();
    api = Api.start(kafka.address());
    await().until(() -> api.get("/actuator/health/readiness").statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    api.close();
    kafka.close();
  }

  @Test
  void play_is202AndInKafkaUnderItsListener() {
    var play = anaPlaysHalo();
    var response = api.post(PLAYS, JSON, play);

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(Api.json(response).path("event_id").asString()).isEqualTo(eventId(play));
    var receivedAt = Api.json(response).path("received_at").asString();
    assertThat(receivedAt).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(Topic.plays(kafka).recordsOf(eventId(play)))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.key()).isEqualTo("ana");
              assertThat(r.value()).contains("\"received_at\":\"%s\"".formatted(receivedAt));
              assertThat(r.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            });
  }

  @Test
  void playOfAnotherTimeZone_isInKafkaInUtc() {
    var play = anaPlaysHalo(Map.of("played_at", inParis(Instant.now())));

    assertThat(api.post(PLAYS, JSON, play).statusCode()).isEqualTo(202);
    assertThat(Topic.plays(kafka).recordsOf(eventId(play)).get(0).value())
        .containsPattern("\"played_at\":\"[^\"+]+\\.000Z\"");
  }

  @Test
  void thousandPlays_areAllInKafka() {
    var plays =
        IntStream.range(0, 1_000).mapToObj(i -> anaPlaysHalo(Map.of("song_id", "thousand")));
    var response = api.post(BATCH, JSON, batch(plays.toArray(String[]::new)));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("{\"accepted\":1000,\"rejected\":0,\"rejections\":[]}");
    assertThat(Topic.plays(kafka).recordsOf("\"thousand\"")).hasSize(1_000);
  }

  @Test
  void badPlayOfABatch_isRejectedByItselfAndNamed() {
    var good = anaPlaysHalo();
    var bad = anaPlaysHalo(Map.of("region", "XQ"));
    var response = api.post(BATCH, JSON, batch(good, bad));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(Api.json(response))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"accepted": 1, "rejected": 1, "rejections": [{"index": 1, "event_id": "%s",
                     "problem": {"title": "Invalid play", "field": "region",
                      "detail": "region must be an ISO 3166-1 alpha-2 code such as CA, got 'XQ'"}}]}"""
                        .formatted(eventId(bad))));
    assertThat(Topic.plays(kafka).recordsOf(eventId(good))).hasSize(1);
    assertThat(Topic.plays(kafka).recordsOf(eventId(bad))).isEmpty();
  }

  @Test
  void brokenLine_losesNoneOfTheOthers() {
    var response = api.post(BATCH, NDJSON, anaPlaysHalo() + "\n{broken\n" + anaPlaysHalo() + "\n");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(Api.json(response).path("accepted").asInt()).isEqualTo(2);
    assertThat(Api.json(response).at("/rejections/0/index").asInt()).isEqualTo(1);
  }

  @Test
  void brokenBatch_is400AndNothingOfItIsInKafka() {
    var play = anaPlaysHalo();

    assertProblem(api.post(BATCH, JSON, "{\"plays\": [%s, {]}".formatted(play)), 400);
    assertThat(Topic.plays(kafka).recordsOf(eventId(play))).isEmpty();
  }

  @Test
  void invalidPlay_is400WithFieldAndValue() {
    var response = api.post(PLAYS, JSON, anaPlaysHalo(Map.of("ms_played", "long")));

    assertProblem(response, 400);
    assertThat(Api.json(response).path("field").asString()).isEqualTo("ms_played");
    assertThat(Api.json(response).path("detail").asString()).contains("got a string");
  }

  @Test
  void halfASurrogatePair_is400ThatCanItselfBeRead() {
    var play = anaPlaysHalo(Map.of("user_id", "ana?")).replace("ana?", "ana\\ud800");

    assertProblem(api.post(PLAYS, JSON, play), 400);
  }

  @Test
  void emptyBody_is400() {
    assertProblem(api.post(PLAYS, JSON, ""), 400);
  }

  @Test
  void withoutKey_is401WithAChallenge() {
    var response = api.send(api.anonymous(PLAYS).POST(BodyPublishers.ofString(anaPlaysHalo())));

    assertProblem(response, 401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"top-songs\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer no-key", "Bearer", "Bearer ", "Basic Zmlyc3Qta2V5", "first-key"})
  void anotherKeyOrScheme_is401(String authorization) {
    var request = api.anonymous(PLAYS).header("Authorization", authorization);

    assertProblem(api.send(request.POST(BodyPublishers.noBody())), 401);
  }

  @Test
  void secondKey_isAsGoodAsTheFirst() {
    var request =
        api.anonymous(PLAYS)
            .header("Authorization", "bearer " + Api.OTHER_KEY)
            .header("Content-Type", "application/json; charset=utf-8");

    assertThat(api.send(request.POST(BodyPublishers.ofString(anaPlaysHalo()))).statusCode())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({"/v1/nothing, 404", "/nothing, 404", "/v1/plays, 405", "/v1/plays/%zz, 400"})
  void wrongPathsAndMethods_areProblemsToo(String path, int status) throws IOException {
    assertThat(
            raw(
                "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer first-key\r\n"
                    .formatted(path)))
        .startsWith("HTTP/1.1 %d".formatted(status))
        .contains("Content-Type: application/problem+json");
  }

  @Test
  void whatIsNoHttp_isAProblemToo() throws IOException {
    assertThat(raw("GARBAGE\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("Content-Type: application/problem+json");
  }

  @Test
  void bodyThatStalls_is408() throws IOException {
    var head = "POST /v1/plays HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer first-key\r\n";

    assertThat(raw(head + "Content-Type: application/json\r\nContent-Length: 100\r\n"))
        .startsWith("HTTP/1.1 408")
        .contains("Content-Type: application/problem+json");
  }

  @Test
  void otherAnswerThanJson_is406AndNothingIsTaken() {
    var play = anaPlaysHalo();
    var request = api.request(PLAYS).header("Content-Type", JSON).header("Accept", "text/html");

    assertProblem(api.send(request.POST(BodyPublishers.ofString(play))), 406);
    assertThat(Topic.plays(kafka).recordsOf(eventId(play))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/plays, text/plain",
    "/v1/plays, application/x-ndjson",
    "/v1/plays/batch, text/csv"
  })
  void otherContentType_is415(String path, String type) {
    assertProblem(api.post(path, type, anaPlaysHalo()), 415);
  }

  @Test
  void compressedBody_is415() {
    var request =
        api.request(PLAYS).header("Content-Type", JSON).header("Content-Encoding", "gzip");

    assertProblem(api.send(request.POST(BodyPublishers.ofString(anaPlaysHalo()))), 415);
  }

  @Test
  void playOver10KiB_is413() {
    assertProblem(api.post(PLAYS, JSON, anaPlaysHalo(Map.of("title", "x".repeat(10_240)))), 413);
  }

  @Test
  void batchOver1000_is413() {
    var plays = Collections.nCopies(1_001, anaPlaysHalo()).toArray(String[]::new);

    assertProblem(api.post(BATCH, JSON, batch(plays)), 413);
  }

  @Test
  void manyGiantPlaysAtOnce_areRejectedAndTheNextIsTaken() {
    var giant =
        BodyPublishers.ofString(batch("{\"user_id\": \"%s\"}".formatted("x".repeat(11_000_000))));
    var request = api.request(BATCH).header("Content-Type", JSON).POST(giant).build();
    var answers =
        Stream.generate(() -> api.http().sendAsync(request, BodyHandlers.ofString()))
            .limit(20)
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join))
        .allSatisfy(r -> assertThat(r.body()).contains("\"rejected\":1", "at most 10 KiB"));
    assertThat(api.post(PLAYS, JSON, anaPlaysHalo()).statusCode()).isEqualTo(202);
  }

  @Test
  void fiftyMegabytesOfKnownLength_reachTheClientAs413() {
    assertProblem(api.post(BATCH, JSON, BodyPublishers.ofByteArray(new byte[FIFTY_MB])), 413);
  }

  @Test
  void fiftyMegabytesOfUnknownLength_reachTheClientAs413() {
    byte[] blanks = " ".repeat(FIFTY_MB).getBytes(StandardCharsets.US_ASCII);

    assertProblem(
        api.post(BATCH, JSON, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blanks))),
        413);
  }

  @ParameterizedTest
  @ValueSource(strings = {Topics.PLAYS, Topics.PLAYS_REJECTED})
  void topics_areAsTheContractSays(String name) throws Exception {
    var topic = new Topic(name, kafka.address());

    assertThat(topic.description().partitions()).hasSize(Topics.PARTITIONS);
    assertThat(topic.setting("retention.ms")).isEqualTo("" + Topics.RETENTION.toMillis());
    assertThat(topic.setting("message.timestamp.type")).isEqualTo("LogAppendTime");
  }

  @Test
  void examplesOfTheDescription_areTaken() {
    var description = Api.json(api.get("/v3/api-docs"));
    var play =
        description.at("/paths/~1v1~1plays/post/requestBody/content/application~1json/examples");
    var lines =
        description.at(
            "/paths/~1v1~1plays~1batch/post/requestBody/content/application~1x-ndjson/examples");

    assertThat(api.post(PLAYS, JSON, now(play.at("/play/value").toString())).statusCode())
        .isEqualTo(202);
    assertThat(api.post(BATCH, NDJSON, now(lines.at("/lines/value").asString())).body())
        .contains("\"accepted\":2");
    assertThat(api.get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
  }

  @Test
  void errorsOfTheDescription_areWhatIsAnswered() {
    var errors = Api.json(api.get("/v3/api-docs")).at("/components/responses");
    var noKey = api.anonymous(PLAYS).POST(BodyPublishers.ofString("{}"));
    var unknownKey =
        api.anonymous(PLAYS).header("Authorization", "Bearer x").POST(BodyPublishers.noBody());
    var song = api.request("/v1/songs/s-0001").PUT(BodyPublishers.ofString("{}"));

    assertThat(Api.json(api.send(noKey))).isEqualTo(example(errors, "Unauthorized", "none"));
    assertThat(Api.json(api.send(unknownKey)))
        .isEqualTo(example(errors, "Unauthorized", "unknown"));
    assertThat(Api.json(api.send(song))).isEqualTo(example(errors, "Forbidden", "nobody"));
    assertThat(Api.json(api.post(PLAYS, JSON, " ".repeat(11_000))))
        .isEqualTo(example(errors, "TooLarge", "play"));
    assertThat(Api.json(api.post(BATCH, NDJSON, "{}\n".repeat(1_001))))
        .isEqualTo(example(errors, "TooLarge", "batch"));
    assertThat(Api.json(api.post(PLAYS, "text/plain", "{}")))
        .isEqualTo(example(errors, "Unsupported", "text"));
  }

  private static JsonNode example(JsonNode errors, String error, String name) {
    return errors.at(
        "/%s/content/application~1problem+json/examples/%s/value".formatted(error, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/paths/~1v1~1plays", "/paths/~1v1~1plays~1batch"})
  void description_listsEveryAnswer(String path) {
    var description = Api.json(api.get("/v3/api-docs"));

    assertThat(description.at(path + "/post/responses").propertyNames())
        .containsExactlyInAnyOrder("202", "400", "401", "403", "406", "408", "413", "415", "503");
    assertThat(description.at("/components/responses/Unavailable/headers").has("Retry-After"))
        .isTrue();
  }

  @Test
  void metrics_countWhatWasTakenAndWhatWasNot() {
    api.post(PLAYS, JSON, anaPlaysHalo());
    api.post(PLAYS, JSON, anaPlaysHalo(Map.of("platform", "tv")));

    assertThat(api.get("/actuator/prometheus").body())
        .containsPattern("topsongs_plays_accepted_total [1-9]")
        .containsPattern("topsongs_plays_rejected_total\\{field=\"platform\"\\} 1")
        .containsPattern("topsongs_plays_acknowledgement_seconds_count [1-9]");
  }

  @Test
  void flow_tellsToAnyoneHowManyPlaysWereAcceptedInEachMinute() {
    long before = acceptedOfLate();
    assertThat(api.post(Api.PLAYS, Api.JSON, Plays.anaPlaysHalo()).statusCode()).isEqualTo(202);
    assertThat(api.post(Api.PLAYS, Api.JSON, "{}").statusCode()).isEqualTo(400);
    assertThat(acceptedOfLate()).isEqualTo(before + 1);
    var told = Api.json(api.send(api.anonymous("/actuator/flow")));
    assertThat(Instant.parse(told.get("began_at").asString()))
        .isBefore(Instant.parse(told.get("now").asString()));
  }

  private static long acceptedOfLate() {
    var told = Api.json(api.send(api.anonymous("/actuator/flow")));
    return told.get("accepted").valueStream().mapToLong(JsonNode::asLong).sum();
  }

  @Test
  void startWithoutAKey_isRefusedWithTheVariablesName() {
    assertThatThrownBy(() -> Api.start(kafka.address(), " , "))
        .hasRootCauseMessage(
            "Cannot start: no API key is set; set TOP_SONGS_API_KEYS to one or more, comma-separated");
  }

  private static void assertProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Api.json(response).path("status").asInt()).isEqualTo(status);
    assertThat(Api.json(response).path("title").asString()).isNotEmpty();
    assertThat(Api.json(response).path("detail").asString()).isNotEmpty();
  }

  /** What no HTTP client would send; a blank line is added. */
  private static String raw(String head) throws IOException {
    try (var socket = new Socket("127.0.0.1", api.port())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String inParis(Instant instant) {
    return instant
        .atOffset(ZoneOffset.ofHours(1))
        .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX"));
  }

  /** The examples are of a certain day, and plays may be at most two weeks old. */
  private static String now(String example) {
    return example.replaceAll("2026-11-22T[^\"]+", Instant.now().toString());
  }
}
