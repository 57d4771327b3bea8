package topsongs.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static topsongs.ingestion.Api.JSON;
import static topsongs.ingestion.Api.NDJSON;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import topsongs.contract.TestServer;

/** Songs in, and the lake's catalogue as a real object store then has it. */
class CorrectingSongsTest {
  private static final String BATCH = "/v1/songs/batch";
  private static final String HALO =
      """
      {"song_id":"halo","title":"Halo","artist":"Ana","album":null,"genre":"pop","duration_ms":201000,\
      "release_date":"2026-11-01"}""";

  private static TestServer store;
  private static SongsObject catalogue;
  private static Api api;

  @BeforeAll
  static void start() {
    store = TestServer.objectStore();
    catalogue = SongsObject.of(store);
    api = Api.ofSongs(store.s3Endpoint());
  }

  @AfterAll
  static void stop() {
    api.close();
    store.close();
  }

  @BeforeEach
  void forget() throws Exception {
    catalogue.remove();
  }

  @Test
  void newSong_isInTheCatalogue() throws Exception {
    var response = put("halo", HALO);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(Api.json(response).path("song_id").asString()).isEqualTo("halo");
    assertThat(Api.json(response).path("release_date").asString()).isEqualTo("2026-11-01");
    assertThat(catalogue.lines()).containsExactly(HALO);
  }

  @Test
  void correctedSong_isThereOnce_besideAllOthers() throws Exception {
    var other = HALO.replace("halo", "ember");
    catalogue.replace(HALO + "\n" + other);
    var corrected = "{\"title\": \"Hello\", \"artist\": \"Ana\"}";

    assertThat(put("halo", corrected).statusCode()).isEqualTo(200);
    assertThat(catalogue.lines())
        .containsExactly(
            other,
            """
            {"song_id":"halo","title":"Hello","artist":"Ana","album":null,"genre":null,\
            "duration_ms":null,"release_date":null}""");
  }

  @Test
  void linesOfOneSong_becomeTheLast_andWhatIsNoSongStays() throws Exception {
    var ember = HALO.replace("halo", "ember");
    var newer = ember.replace("Halo", "Ember");
    catalogue.replace(String.join("\n", ember, "{broken", "7", "", newer, "{broken", "{}") + "\n");

    assertThat(put("halo", HALO).statusCode()).isEqualTo(200);
    assertThat(catalogue.lines()).containsExactly("{broken", "7", newer, "{broken", "{}", HALO);
  }

  @Test
  void fieldsThatOthersAdded_stay() throws Exception {
    catalogue.replace(HALO.replace("}", ",\"language\":\"pt\"}"));

    assertThat(put("halo", HALO.replace("Halo", "Hello")).statusCode()).isEqualTo(200);
    assertThat(catalogue.lines())
        .containsExactly(HALO.replace("Halo", "Hello").replace("}", ",\"language\":\"pt\"}"));
  }

  @Test
  void sameSongAgain_leavesTheObjectAlone() throws Exception {
    put("halo", HALO);
    var before = catalogue.lastModified();
    Thread.onSpinWait();
    put("ember", HALO.replace("halo", "ember"));
    var written = catalogue.lastModified();

    assertThat(put("halo", HALO).statusCode()).isEqualTo(200);
    assertThat(catalogue.lastModified()).isEqualTo(written).isAfterOrEqualTo(before);
    assertThat(catalogue.lines().get(1)).contains("ember");
  }

  @Test
  void badSongOfABatch_isRejectedByItselfAndNamed() throws Exception {
    var bad = HALO.replace("halo", "bad").replace("201000", "0");
    var response =
        api.send(
            songs(BATCH)
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString("{\"songs\": [%s, %s, 7]}".formatted(HALO, bad))));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            """
            {"accepted":1,"rejected":2,"rejections":[{"index":1,"song_id":"bad","problem":\
            {"title":"Invalid song","detail":"duration_ms must be from 1 to 86400000, got '0'",\
            "field":"duration_ms"}},{"index":2,"problem":{"title":"Malformed body",\
            "detail":"A song must be a JSON object, got '7'"}}]}""");
    assertThat(catalogue.lines()).containsExactly(HALO);
  }

  @Test
  void ofTwoLinesOfABatch_theLaterHolds() throws Exception {
    var lines = HALO.replace("Halo", "Hullo") + "\n\n" + HALO + "\n{oops";
    var response = post(BATCH, NDJSON, lines);

    assertThat(Api.json(response).path("accepted").asInt()).isEqualTo(2);
    assertThat(Api.json(response).at("/rejections/0/index").asInt()).isEqualTo(2);
    assertThat(catalogue.lines()).containsExactly(HALO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"title\":\"Halo\"         | \"title\":\" \"           | title",
        "\"title\":\"Halo\",        | ''                        | title",
        "\"title\":\"Halo\"         | \"title\":7               | title",
        "\"title\":\"Halo\"         | \"title\":\"Ha\\u0000lo\" | title",
        "\"title\":\"Halo\"         | \"title\":\"\\ud800\"     | title",
        "\"artist\":\"Ana\"         | \"artist\":null           | artist",
        "\"genre\":\"pop\"          | \"genre\":[]              | genre",
        "201000                     | \"long\"                  | duration_ms",
        "201000                     | 1.5                       | duration_ms",
        "201000                     | 86400001                  | duration_ms",
        "201000                     | 99999999999               | duration_ms",
        "2026-11-01                 | 2026-11-31                | release_date",
        "2026-11-01                 | 0000-11-01                | release_date",
        "\"song_id\":\"halo\"       | \"song_id\":\"other\"     | song_id",
        "\"song_id\":\"halo\"       | \"song_id\":7             | song_id"
      })
  void invalidSong_is400WithItsField(String right, String wrong, String field) {
    var response = put("halo", HALO.replace(right, wrong));

    assertProblem(response, 400);
    assertThat(Api.json(response).path("field").asString()).isEqualTo(field);
  }

  @Test
  void longestTextsAndId_areTaken_andOneMoreCharacterIsNot() {
    var title = "😀".repeat(200);
    var id = "i".repeat(64);

    assertThat(put(id, song(title)).statusCode()).isEqualTo(200);
    assertProblem(put(id, song(title + "x")), 400);
    assertProblem(put(id + "i", song(title)), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"title\":",
        "{} {}",
        "{\"title\":\"a\",\"title\":\"b\",\"artist\":\"c\"}"
      })
  void whatIsNotOneObject_is400(String body) {
    assertProblem(put("halo", body), 400);
  }

  @Test
  void tooMuch_is413() {
    assertProblem(put("halo", song("x".repeat(10_240))), 413);
    assertProblem(post(BATCH, NDJSON, "{}\n".repeat(1_001)), 413);
    assertProblem(post(BATCH, NDJSON, " ".repeat(12 * 1024 * 1024)), 413);
  }

  @Test
  void giantSongOfABatch_isRejectedByItself() throws Exception {
    var response = post(BATCH, NDJSON, HALO + "\n" + song("x".repeat(20_000)));

    assertThat(response.body()).contains("\"accepted\":1", "A song must be at most 10 KiB");
    assertThat(catalogue.lines()).hasSize(1);
  }

  @Test
  void playsKey_is403ForSongs_andASongsKeyForPlays() {
    var song = api.request("/v1/songs/halo").header("Content-Type", JSON);
    var refused = api.send(song.PUT(BodyPublishers.ofString(HALO)));
    assertProblem(refused, 403);
    assertThat(Api.json(refused).path("detail").asString()).contains("TOP_SONGS_CATALOGUE_KEYS");

    var play = songs(Api.PLAYS).header("Content-Type", JSON);
    refused = api.send(play.POST(BodyPublishers.ofString(Plays.anaPlaysHalo())));
    assertProblem(refused, 403);
    assertThat(Api.json(refused).path("detail").asString()).contains("TOP_SONGS_API_KEYS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/songs/halo", "/v1/%73ongs/halo", "/v1/songs;x=1/halo", "/v1/songs/batch"})
  void spellingsOfAPath_openNothingToAPlaysKey(String path) {
    var request = api.request(path).header("Content-Type", JSON);

    assertThat(api.send(request.PUT(BodyPublishers.ofString(HALO))).statusCode()).isIn(403, 404);
  }

  @Test
  void withoutKeyOrWithAnother_is401() {
    var anonymous = api.anonymous("/v1/songs/halo");
    assertProblem(api.send(anonymous.PUT(BodyPublishers.ofString(HALO))), 401);
    var unknown = api.anonymous("/v1/songs/halo").header("Authorization", "Bearer no-key");
    assertProblem(api.send(unknown.PUT(BodyPublishers.ofString(HALO))), 401);
  }

  @Test
  void withoutAnyCatalogueKey_nobodyMayChangeSongs() {
    try (var closed = Api.start(Api.NOBODY)) {
      var request = closed.request("/v1/songs/halo").header("Content-Type", JSON);
      var refused = closed.send(request.PUT(BodyPublishers.ofString(HALO)));
      assertProblem(refused, 403);
      assertThat(Api.json(refused).path("detail").asString())
          .isEqualTo("Nobody may change songs here: TOP_SONGS_CATALOGUE_KEYS is empty");
    }
  }

  @Test
  void keyOfBothKinds_stopsTheStart() {
    assertThatThrownBy(
            () -> Api.start(Api.NOBODY, Api.KEY, "--top-songs.catalogue-keys=" + Api.KEY).close())
        .rootCause()
        .hasMessageStartingWith("Cannot start: TOP_SONGS_API_KEYS and TOP_SONGS_CATALOGUE_KEYS");
  }

  /** Two services, each with several clients at once, onto one object: none overwrites another. */
  @Test
  void twoWriters_loseNothing() throws Exception {
    try (var second = Api.ofSongs(store.s3Endpoint())) {
      for (int round = 0; round < 10; round++) {
        var prefix = "r%d-".formatted(round);
        var answers =
            IntStream.range(0, 6)
                .mapToObj(n -> putAsync(n < 3 ? api : second, prefix + n))
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
            .containsOnly(200);
      }
    }
    assertThat(catalogue.lines()).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void storeThatIsAway_is503() {
    try (var alone = Api.ofSongs("http://" + Api.NOBODY)) {
      assertUnavailableWithin(alone, Duration.ofSeconds(5));
    }
  }

  @Test
  void storeThatHangs_is503WithinBoundedTime() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var alone = Api.ofSongs("http://127.0.0.1:" + silent.getLocalPort())) {
      assertUnavailableWithin(alone, Duration.ofSeconds(12));
    }
  }

  @Test
  void catalogueOfManyMegabytes_isCorrected_andBeyondItsLimitRefusedUntouched() throws Exception {
    var line = HALO.replace("Halo", "x".repeat(190));
    var most = Catalogue.MAX_BYTES / (line.length() + 8);
    replaceByMany(line, most);
    assertThat(put("halo", HALO).statusCode()).isEqualTo(200);
    assertThat(catalogue.lines()).hasSize(most + 1).last().isEqualTo(HALO);

    replaceByMany(line, most + 1_000);
    assertProblem(put("halo", HALO), 507);
    assertThat(catalogue.lines()).hasSize(most + 1_000);
  }

  @Test
  void examplesOfTheDescription_areTaken() {
    var description = Api.json(api.get("/v3/api-docs"));
    var content = "/requestBody/content/";
    var song = description.at("/paths/~1v1~1songs~1{song_id}/put" + content + "application~1json");
    var batch = description.at("/paths/~1v1~1songs~1batch/post" + content + "application~1json");
    var lines =
        description.at("/paths/~1v1~1songs~1batch/post" + content + "application~1x-ndjson");

    assertThat(put("s-0001", song.at("/examples/song/value").toString()).statusCode())
        .isEqualTo(200);
    assertThat(post(BATCH, JSON, batch.at("/examples/batch/value").toString()).body())
        .contains("\"accepted\":1,\"rejected\":0");
    assertThat(post(BATCH, NDJSON, lines.at("/examples/lines/value").asString()).body())
        .contains("\"accepted\":2,\"rejected\":0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/paths/~1v1~1songs~1{song_id}/put", "/paths/~1v1~1songs~1batch/post"})
  void description_listsEveryAnswer(String operation) {
    assertThat(Api.json(api.get("/v3/api-docs")).at(operation + "/responses").propertyNames())
        .containsExactlyInAnyOrder(
            "200", "400", "401", "403", "406", "408", "413", "415", "503", "507");
  }

  private static void replaceByMany(String line, int songs) throws Exception {
    var jsonl = new StringBuilder();
    for (int n = 0; n < songs; n++) {
      jsonl.append(line.replace("halo", "s-%07d".formatted(n))).append('\n');
    }
    catalogue.replace(jsonl.toString());
  }

  private static void assertUnavailableWithin(Api alone, Duration patience) {
    var request = songs(alone, "/v1/songs/halo").header("Content-Type", JSON);
    long start = System.nanoTime();
    var response = alone.send(request.PUT(BodyPublishers.ofString(HALO)));
    assertProblem(response, 503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(patience);
  }

  private static String song(String title) {
    return "{\"title\":\"%s\",\"artist\":\"Ana\"}".formatted(title);
  }

  private static HttpResponse<String> put(String songId, String song) {
    return api.send(
        songs("/v1/songs/" + songId)
            .header("Content-Type", JSON)
            .PUT(BodyPublishers.ofString(song)));
  }

  private static CompletableFuture<HttpResponse<String>> putAsync(Api to, String songId) {
    var request =
        songs(to, "/v1/songs/" + songId)
            .header("Content-Type", JSON)
            .PUT(BodyPublishers.ofString(song("Song " + songId)));
    return to.http().sendAsync(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String type, String body) {
    return api.send(songs(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  private static HttpRequest.Builder songs(String path) {
    return songs(api, path);
  }

  private static HttpRequest.Builder songs(Api to, String path) {
    return to.anonymous(path).header("Authorization", "Bearer " + Api.SONGS_KEY);
  }

  private static void assertProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Api.json(response).path("status").asInt()).isEqualTo(status);
  }
}
