package topsongs.streaming;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import topsongs.contract.Lake;

/** What Kafka may hold, and what the stream makes of it. */
class DecodeTest {
  private static final String NO_INSTANT = " must be an RFC 3339 instant";

  @Test
  void goodPlay_isARowOfPlays() {
    var plays = Decode.plays(Decode.decode(Records.of(Plays.good())));
    assertThat(simple(plays.schema())).isEqualTo(simple(StructType.fromDDL(Lake.PLAYS_SCHEMA)));
    assertThat(plays.first())
        .isEqualTo(
            row(
                "0192f3c4-5a6b-7c8d-9e0f-a1b2c3d4e5f6",
                "ana",
                "halo",
                "CA",
                timestamp("2026-11-22T13:59:00.123Z"),
                201_000,
                "ios",
                timestamp("2026-11-22T14:00:00.200Z"),
                3,
                0L,
                Date.valueOf("2026-11-22"),
                13));
  }

  @Test
  void badPlay_isARowOfRejected() {
    var bad = Plays.with("region", "XQ");
    var rejected = Decode.rejected(Decode.decode(Records.of(bad)));
    assertThat(simple(rejected.schema()))
        .isEqualTo(simple(StructType.fromDDL(Lake.REJECTED_SCHEMA)));
    assertThat(rejected.first())
        .isEqualTo(
            row(
                bad,
                "region must be an ISO 3166-1 alpha-2 code such as CA",
                Timestamp.from(Plays.ARRIVED),
                3,
                0L,
                Date.valueOf("2026-11-22"),
                14));
  }

  @Test
  void badPlay_goesBackAsItCame() {
    var bytes = "\u00E9 is not UTF-8 like this".getBytes(ISO_8859_1);
    var returned = Decode.returned(Decode.decode(Records.of("ana", bytes, Plays.ARRIVED))).first();
    assertThat(returned.<byte[]>getAs("key")).asString(UTF_8).isEqualTo("ana");
    assertThat(returned.<byte[]>getAs("value")).isEqualTo(bytes);
    Row header = returned.<Row>getList(2).get(0);
    assertThat(header.getString(0)).isEqualTo("reason");
    assertThat(header.<byte[]>getAs(1)).asString(UTF_8).isEqualTo("not UTF-8");
  }

  @Test
  void badPlayTooBigForKafkaWithAReason_goesBackCutShort() {
    var returned =
        Decode.returned(Decode.decode(Records.of("ana", new byte[1_040_000], Plays.ARRIVED)));
    assertThat(returned.first().<byte[]>getAs("value")).hasSize(10 * 1024);
  }

  @Test
  void goodAndBad_eachGoOneWay() {
    var decoded = Decode.decode(Records.of(Plays.good(), "junk", Plays.good()));
    assertThat(Decode.plays(decoded).count()).isEqualTo(2);
    assertThat(Decode.rejected(decoded).count()).isEqualTo(1);
    assertThat(Decode.returned(decoded).count()).isEqualTo(1);
  }

  @Test
  void whatIsNoPlayAtAll_isRejected() {
    assertReasons(
        new Case("", "not a JSON object"),
        new Case(" \n", "not a JSON object"),
        new Case("hello", "not a JSON object"),
        new Case("null", "not a JSON object"),
        new Case("17", "not a JSON object"),
        new Case("\"text\"", "not a JSON object"),
        new Case("[" + Plays.good() + "]", "not a JSON object"),
        new Case(Plays.good() + "junk", "not a JSON object"),
        new Case(Plays.good() + "\n" + Plays.good(), "not a JSON object"),
        new Case("\uFEFF" + Plays.good(), "not a JSON object"),
        new Case(Plays.good().substring(0, 200), "not a JSON object"),
        new Case(Plays.good().replace('"', '\''), "not a JSON object"),
        new Case(Plays.withRaw("user_id", "\"a\u0000b\""), "not a JSON object"),
        new Case("{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}", "not a JSON object"),
        new Case(Plays.withRaw("ms_played", "007"), "not a JSON object"),
        new Case(Plays.withRaw("ms_played", "NaN"), "not a JSON object"),
        new Case("{}", "missing event_id"),
        new Case("{\"play\":" + Plays.good() + "}", "missing event_id"),
        new Case(Plays.with("note", "x".repeat(10 * 1024)), "play must be at most 10 KiB"));
  }

  @Test
  void moreOrLessThanOneValue_isRejected() {
    var one = Plays.good();
    var other = Plays.with("user_id", "ben");
    assertReasons(
        Stream.of(
                one + "," + other,
                one + ",",
                "," + one,
                one + ",\"play\":" + other,
                "5,\"play\":" + other,
                one + ",\"x\":1",
                one + "}",
                one + "]",
                one + "}junk",
                one + "],\"play\":[" + other,
                one + "]}junk",
                one + ",{\"ours\":true}]}",
                one + ",{\"x\":[1",
                one + ",{\"x\":1",
                one + ",{}]",
                one + " // {",
                one + "/*",
                one.substring(0, one.length() - 1),
                "[" + one,
                "")
            .map(text -> new Case(text, "not a JSON object"))
            .toArray(Case[]::new));
  }

  @Test
  void blanksAroundAPlay_areIgnored() {
    assertReasons(new Case(" \r\n\t" + Plays.good() + "\n ", null));
  }

  @Test
  void wrongType_isRejected() {
    assertReasons(
        new Case(Plays.withRaw("event_id", "5"), "event_id must be a UUID"),
        new Case(Plays.withRaw("event_id", "\"\""), "event_id must be a UUID"),
        new Case(Plays.withRaw("user_id", "5"), "user_id must be a string"),
        new Case(Plays.withRaw("user_id", "true"), "user_id must be a string"),
        new Case(Plays.withRaw("user_id", "{\"id\":\"ana\"}"), "user_id must be a string"),
        new Case(Plays.withRaw("song_id", "[\"halo\"]"), "song_id must be a string"),
        new Case(Plays.withRaw("song_id", "1.5"), "song_id must be a string"),
        new Case(
            Plays.withRaw("region", "1"), "region must be an ISO 3166-1 alpha-2 code such as CA"),
        new Case(Plays.withRaw("played_at", "1763819940"), "played_at must be an RFC 3339 instant"),
        new Case(Plays.withRaw("ms_played", "\"201000\""), "ms_played must be an integer"),
        new Case(Plays.withRaw("ms_played", "201000.0"), "ms_played must be an integer"),
        new Case(Plays.withRaw("ms_played", "2e5"), "ms_played must be an integer"),
        new Case(Plays.withRaw("ms_played", "true"), "ms_played must be an integer"),
        new Case(
            Plays.withRaw("ms_played", "99999999999999999999"), "ms_played must be an integer"),
        new Case(
            Plays.withRaw("ms_played", "9223372036854775807"),
            "ms_played must be from 0 to 86400000"),
        new Case(
            Plays.withRaw("platform", "{}"),
            "platform must be ios, android, web, desktop, speaker or other"),
        new Case(Plays.withRaw("received_at", "0"), "received_at must be an RFC 3339 instant"));
  }

  @Test
  void missingField_isRejected() {
    assertReasons(
        Stream.of("event_id", "user_id", "song_id", "region", "played_at", "ms_played")
            .flatMap(
                field ->
                    Stream.of(
                            Plays.without(field),
                            Plays.with(field, null),
                            Plays.good().replace(field, field.toUpperCase(Locale.ROOT)))
                        .map(json -> new Case(json, "missing " + field)))
            .toArray(Case[]::new));
  }

  @Test
  void twoFaults_nameTheFirst() {
    var play = Plays.withRaw("ms_played", "1.5").replace("\"ana\"", "null");
    assertReasons(new Case(play, "ms_played must be an integer"));
  }

  @Test
  void whatIsNoInstant_isRejected() {
    var texts =
        List.of(
            "2026-11-22",
            "2026-11-22T13:59:00",
            "2026-11-22T13:59Z",
            "2026-11-22 13:59:00Z",
            "2026-11-22T13:59:00.Z",
            "2026-11-22T13:59:00+0100",
            "2026-11-22T13:59:00[UTC]",
            "2026-11-22T13:59:00 UTC",
            "2026-11-22T24:00:00Z",
            "2026-11-22T13:59:60Z",
            "2026-11-31T13:59:00Z",
            "2026-11-22T13:59:00+19:00",
            "+2026-11-22T13:59:00Z",
            "2026-11-22T13:59:00Z\n",
            " 2026-11-22T13:59:00Z",
            "now",
            "");
    assertReasons(
        Stream.of("played_at", "received_at")
            .flatMap(f -> texts.stream().map(t -> new Case(Plays.with(f, t), f + NO_INSTANT)))
            .toArray(Case[]::new));
  }

  @Test
  void playedAt_isKeptAsUtcMilliseconds() {
    var plays =
        Stream.of(
                "2026-11-22T13:59:00.123Z",
                "2026-11-22T13:59:00.123999999Z",
                "2026-11-22t13:59:00.123z",
                "2026-11-22T14:59:00.123+01:00",
                "2026-11-21T23:59:00.123-14:00")
            .map(text -> Plays.with("played_at", text));
    assertThat(
            Decode.plays(Decode.decode(Records.of(plays.toArray(String[]::new)))).collectAsList())
        .hasSize(5)
        .extracting(play -> play.<Timestamp>getAs("played_at"))
        .containsOnly(timestamp("2026-11-22T13:59:00.123Z"));
  }

  @Test
  void playJustBeforeMidnightInTheEast_belongsToItsHourOfUtc() {
    var play = play(Plays.with("played_at", "2026-11-22T00:30:00+13:45"));
    assertThat(play.<Object>getAs("event_date").toString()).isEqualTo("2026-11-21");
    assertThat(play.<Integer>getAs("event_hour")).isEqualTo(10);
  }

  @Test
  void sameUuidInUpperCase_isTheSamePlay() {
    var shouted = Plays.with("event_id", "0192F3C4-5A6B-7C8D-9E0F-A1B2C3D4E5F6");
    assertThat(play(shouted).<String>getAs("event_id"))
        .isEqualTo("0192f3c4-5a6b-7c8d-9e0f-a1b2c3d4e5f6");
  }

  @Test
  void uuidThatIsNotCanonical_isRejected() {
    assertReasons(
        Stream.of(
                "192f3c4-5a6b-7c8d-9e0f-a1b2c3d4e5f6",
                "0192f3c45a6b7c8d9e0fa1b2c3d4e5f6",
                "{0192f3c4-5a6b-7c8d-9e0f-a1b2c3d4e5f6}",
                "0192f3c4-5a6b-7c8d-9e0f-a1b2c3d4e5g6",
                "0192f3c4-5a6b-7c8d-9e0f-a1b2c3d4e5f6\n",
                "1-2-3-4-5",
                "")
            .map(id -> new Case(Plays.with("event_id", id), "event_id must be a UUID"))
            .toArray(Case[]::new));
  }

  @Test
  void receivedAtThatIsMissing_isTheArrival() {
    for (var play : List.of(Plays.without("received_at"), Plays.with("received_at", null))) {
      assertThat(play(play).<Timestamp>getAs("received_at"))
          .isEqualTo(Timestamp.from(Plays.ARRIVED));
    }
  }

  @Test
  void receivedAtFarFromTheArrival_isRejected() {
    var reason = "received_at must be within 1 hour of its arrival in Kafka";
    assertReasons(
        new Case(Plays.with("received_at", "2026-11-22T13:00:00.249Z"), reason),
        new Case(Plays.with("received_at", "2026-11-22T13:00:00.250Z"), null),
        new Case(Plays.with("received_at", "2026-11-22T15:00:00.250Z"), null),
        new Case(Plays.with("received_at", "2026-11-22T15:00:00.251Z"), reason));
  }

  @Test
  void unknownFields_areIgnored() {
    var note = "{\"user_id\":[1,{\"a\":null}],\"n\":1e400}";
    assertReasons(new Case(Plays.withRaw("note", note), null));
  }

  @Test
  void lastOfARepeatedField_isTaken() {
    var play = Plays.good().replace("\"user_id\":", "\"user_id\":7,\"user_id\":");
    assertThat(play(play).<String>getAs("user_id")).isEqualTo("ana");
  }

  @Test
  void recordWithoutKeyOrValue_isRejected() {
    var decoded = Decode.decode(Records.of(null, null, Plays.ARRIVED));
    assertThat(decoded.first().<String>getAs("reason")).isEqualTo("no value");
    assertThat(Decode.returned(decoded).first().isNullAt(1)).isTrue();
  }

  @Test
  void invalidUtf8_isRejectedAndKeptReadable() {
    var value =
        Plays.with("user_id", "ren\u00E9").replace("\\u00E9", "\u00E9").getBytes(ISO_8859_1);
    var decoded = Decode.decode(Records.of("ana", value, Plays.ARRIVED));
    var rejected = Decode.rejected(decoded).first();
    assertThat(rejected.<String>getAs("reason")).isEqualTo("not UTF-8");
    assertThat(rejected.<String>getAs("value")).contains("\"ren\uFFFD\"");
  }

  /** Whatever is in Kafka, the stream must get past it. */
  @Test
  void damagedPlays_neverStopTheStream() {
    var random = new Random(17);
    var values = new ArrayList<byte[]>();
    for (int i = 0; i < 3_000; i++) {
      values.add(damage(Plays.good().getBytes(UTF_8), random));
    }
    var decoded = Decode.decode(Records.of(values));
    var plays = Decode.plays(decoded).collectAsList();
    var rejected = Decode.rejected(decoded).collectAsList();
    assertThat(plays.size() + rejected.size()).isEqualTo(values.size());
    assertThat(plays).noneMatch(p -> p.isNullAt(0) || p.isNullAt(1) || p.isNullAt(4));
  }

  private static byte[] damage(byte[] play, Random random) {
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      play[random.nextInt(play.length)] = (byte) random.nextInt(256);
    }
    return play;
  }

  private record Case(String json, @Nullable String reason) {}

  private static void assertReasons(Case... cases) {
    var json = Stream.of(cases).map(Case::json).toArray(String[]::new);
    var decoded = Decode.decode(Records.of(json)).orderBy("kafka_offset").collectAsList();
    for (int i = 0; i < cases.length; i++) {
      assertThat(decoded.get(i).<String>getAs("reason")).as(json[i]).isEqualTo(cases[i].reason());
    }
  }

  private static Row play(String value) {
    return Decode.plays(Decode.decode(Records.of(value))).first();
  }

  private static Timestamp timestamp(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }

  private static Row row(Object... values) {
    return RowFactory.create(values);
  }

  /** Names and types; whether Spark knows a column to be non-null does not reach Parquet. */
  private static String simple(StructType schema) {
    return schema.simpleString();
  }
}
