package topsongs.ingestion;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import topsongs.contract.PlayEvent;

class PlayJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-22T14:00:00.123456Z");
  private static final String ANA_PLAYS_HALO_AT_13_59 =
      """
      {"event_id": "0198c5a0-7c1e-7d3a-9b1f-2f6f0c9f4e11", "user_id": "ana", "song_id": "halo",
       "region": "CA", "played_at": "2026-11-22T13:59:00Z", "ms_played": 201000,
       "platform": "ios"}""";

  @Test
  void play_isReadAndWrittenCanonically() {
    assertThat(written(ANA_PLAYS_HALO_AT_13_59))
        .isEqualTo(
            "{\"event_id\":\"0198c5a0-7c1e-7d3a-9b1f-2f6f0c9f4e11\",\"user_id\":\"ana\","
                + "\"song_id\":\"halo\",\"region\":\"CA\",\"played_at\":\"2026-11-22T13:59:00.000Z\","
                + "\"ms_played\":201000,\"platform\":\"ios\","
                + "\"received_at\":\"2026-11-22T14:00:00.123Z\"}");
  }

  @Test
  void playOfUnusualCharacters_survives() {
    var play = read(with("user_id", "\"Zoë \\\\ 🎧\""));

    assertThat(play.userId()).isEqualTo("Zoë \\ 🎧");
    assertThat(PlayJson.record(play).key()).isEqualTo("Zoë \\ 🎧".getBytes(UTF_8));
    assertThat(read(new String(PlayJson.record(play).value(), UTF_8))).isEqualTo(play);
  }

  @Test
  void playWithoutPlatform_isTakenAndWrittenWithoutIt() {
    assertThat(written(with("platform", "null"))).doesNotContain("platform");
  }

  @Test
  void playedAtWithAnOffset_isWrittenInUtc() {
    assertThat(written(with("played_at", "\"2026-11-22T14:59:00+01:00\"")))
        .contains("\"played_at\":\"2026-11-22T13:59:00.000Z\"");
  }

  @Test
  void unknownFieldsAndTheClientsReceivedAt_areIgnored() {
    var play = with("received_at", "\"tomorrow\", \"extra\": {\"deep\": [1, {\"x\": null}]}");

    assertThat(read(play)).isEqualTo(read(ANA_PLAYS_HALO_AT_13_59));
  }

  @Test
  void eventIdInCapitals_isWrittenInSmallLetters() {
    assertThat(read(with("event_id", "\"0198C5A0-7C1E-7D3A-9B1F-2F6F0C9F4E11\"")).eventId())
        .isEqualTo(UUID.fromString("0198c5a0-7c1e-7d3a-9b1f-2f6f0c9f4e11"));
  }

  static Stream<Arguments> valuesThatBreakARule() {
    return Stream.of(
        Arguments.of("event_id", "\"1-1-1-1-1\"", "event_id must be a UUID"),
        Arguments.of("event_id", "\"0198c5a07c1e7d3a9b1f2f6f0c9f4e11\"", "must be a UUID"),
        Arguments.of("event_id", "\"0198c5a0-7c1e-7d3a-9b1f-2f6f0c9f4e1g\"", "must be a UUID"),
        Arguments.of("event_id", "7", "event_id must be a string, got '7'"),
        Arguments.of("user_id", "\"\"", "user_id must be 1 to 64 characters long, got ''"),
        Arguments.of("user_id", "null", "user_id must be a string, got null"),
        Arguments.of("user_id", "\"a\\u0000b\"", "user_id must not contain control characters"),
        Arguments.of("user_id", "\"a\\ud800b\"", "user_id must not hold half a surrogate pair"),
        Arguments.of("song_id", "[\"halo\"]", "song_id must be a string, got an array"),
        Arguments.of("song_id", "true", "song_id must be a string, got 'true'"),
        Arguments.of("region", "\"ca\"", "region must be an ISO 3166-1 alpha-2 code"),
        Arguments.of("region", "\"XQ\"", "got 'XQ'"),
        Arguments.of("region", "{\"code\": \"CA\"}", "region must be a string, got an object"),
        Arguments.of("played_at", "1763819940", "played_at must be a string, got '1763819940'"),
        Arguments.of("played_at", "\"2026-11-22T13:00Z\"", "played_at must have seconds"),
        Arguments.of("played_at", "\"2026-11-22T15:30:00Z\"", "at most 1 hour in the future"),
        Arguments.of("played_at", "\"2026-11-01T00:00:00Z\"", "at most 14 days old"),
        Arguments.of(
            "ms_played", "\"123\"", "must be a whole number of milliseconds, got a string"),
        Arguments.of("ms_played", "1.5", "must be a whole number of milliseconds, got '1.5'"),
        Arguments.of("ms_played", "-1", "must be from 0 to 86400000, got '-1'"),
        Arguments.of("ms_played", "86400001", "must be from 0 to 86400000, got '86400001'"),
        Arguments.of("ms_played", "99999999999999999999", "must be from 0 to 86400000"),
        Arguments.of("platform", "\"tv\"", "platform must be ios, android, web"));
  }

  @ParameterizedTest
  @MethodSource("valuesThatBreakARule")
  void valueThatBreaksARule_isRefusedByFieldAndValue(String field, String value, String detail) {
    var refusal = refusal(with(field, value));

    assertThat(refusal.field()).isEqualTo(field);
    assertThat(refusal.getBody().getDetail()).contains(detail);
    assertThat(refusal.getBody().getProperties()).containsEntry("field", field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "user_id", "song_id", "region", "played_at", "ms_played"})
  void missingField_isNamed(String field) {
    assertThat(refusal(ANA_PLAYS_HALO_AT_13_59.replace('"' + field, "\"not_" + field)))
        .extracting(r -> r.getBody().getDetail())
        .isEqualTo(field + " is missing");
  }

  @Test
  void fieldGivenTwice_isRefused() {
    assertThat(refusal(with("user_id", "\"ana\", \"user_id\": \"bob\"")))
        .extracting(r -> r.getBody().getDetail())
        .isEqualTo("user_id is given twice");
  }

  @Test
  void ofManyFaults_theFirstIsNamed() {
    assertThat(refusal(with("event_id", "1, \"region\": 2, \"user_id\": 3")).field())
        .isEqualTo("event_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "12", "\"play\"", "null", "true"})
  void whatIsNoObject_isRefused(String json) {
    assertThat(refusal(json).getBody().getDetail()).startsWith("A play must be a JSON object");
  }

  @Test
  void emptyBody_isRefused() {
    assertThat(refusal(" ").getBody().getDetail()).isEqualTo("The body is empty");
  }

  @Test
  void secondValue_isRefused() {
    assertThat(refusal(ANA_PLAYS_HALO_AT_13_59 + "{}").getBody().getDetail())
        .isEqualTo("The JSON goes on after its end");
  }

  @Test
  void deepNesting_isRefusedAndCostsNoStack() {
    var deep = with("extra", "[".repeat(3_000) + "]".repeat(3_000));

    assertThat(refusal(deep).getBody().getDetail()).contains("deeper than 64 levels");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"user_id\": ",
        "{'user_id': 1}",
        "{\"a\": 1} x",
        "{\"a\": NaN}",
        "{\"a\": \0}"
      })
  void brokenJson_isNotRead(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JacksonException.class);
  }

  @Test
  void bytesThatAreNotUtf8_areNotRead() {
    byte[] utf16 = ANA_PLAYS_HALO_AT_13_59.getBytes(UTF_16LE);

    assertThatThrownBy(() -> PlayJson.readOnly(PlayJson.parser(utf16, utf16.length)))
        .isInstanceOf(JacksonException.class);
  }

  /** The play with this field's value in its place, or at the end where it has none. */
  private static String with(String field, String value) {
    var changed =
        ANA_PLAYS_HALO_AT_13_59.replaceFirst(
            "\"%s\": (\"[^\"]*\"|\\d+)".formatted(field),
            Matcher.quoteReplacement("\"%s\": %s".formatted(field, value)));
    return changed.equals(ANA_PLAYS_HALO_AT_13_59)
        ? changed.replaceFirst(
            "}$", Matcher.quoteReplacement(", \"%s\": %s}".formatted(field, value)))
        : changed;
  }

  private static PlayEvent read(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return PlayJson.readOnly(PlayJson.parser(bytes, bytes.length)).play(NOW);
  }

  private static String written(String json) {
    return new String(PlayJson.record(read(json)).value(), UTF_8);
  }

  private static Refusal refusal(String json) {
    return catchThrowableOfType(Refusal.class, () -> read(json));
  }
}
