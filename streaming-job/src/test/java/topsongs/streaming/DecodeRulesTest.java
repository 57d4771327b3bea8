package topsongs.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import topsongs.contract.InvalidPlay;
import topsongs.contract.PlayEvent;
import topsongs.contract.Regions;

/** The stream's rules and PlayEvent's are stated twice; here every case goes through both. */
class DecodeRulesTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-22T14:00:00.200Z");
  private static final String EMOJI = "\uD83D\uDE00";

  private static final Play GOOD =
      new Play("ana", "halo", "CA", "2026-11-22T13:59:00.123Z", 201_000, "ios");

  private record Play(
      String userId,
      String songId,
      String region,
      String playedAt,
      int msPlayed,
      @Nullable String platform) {
    Play user(String id) {
      return new Play(id, songId, region, playedAt, msPlayed, platform);
    }

    Play song(String id) {
      return new Play(userId, id, region, playedAt, msPlayed, platform);
    }

    Play region(String code) {
      return new Play(userId, songId, code, playedAt, msPlayed, platform);
    }

    Play at(Instant instant) {
      return new Play(userId, songId, region, instant.toString(), msPlayed, platform);
    }

    Play ms(int ms) {
      return new Play(userId, songId, region, playedAt, ms, platform);
    }

    Play on(@Nullable String name) {
      return new Play(userId, songId, region, playedAt, msPlayed, name);
    }
  }

  private static List<Play> cases() {
    var latest = RECEIVED.plus(PlayEvent.MAX_FUTURE);
    var oldest = RECEIVED.minus(PlayEvent.MAX_AGE);
    var cases = new ArrayList<Play>();
    cases.add(GOOD);
    for (var id : ids()) {
      cases.add(GOOD.user(id));
      cases.add(GOOD.song(id));
    }
    Stream.of("ca", "", "XQ", "XX", "EU", "UK", "GB", "USA", "GLOBAL", "C\u0410", " CA", "CA\n")
        .map(GOOD::region)
        .forEach(cases::add);
    Stream.of(
            latest,
            latest.plusNanos(999_999),
            latest.plusMillis(1),
            oldest,
            oldest.minusNanos(1),
            oldest.minusMillis(1),
            oldest.plusNanos(1),
            Instant.EPOCH,
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("9999-12-31T23:59:59.999999999Z"))
        .map(GOOD::at)
        .forEach(cases::add);
    Stream.of(0, -1, 1, 86_400_000, 86_400_001, Integer.MAX_VALUE, Integer.MIN_VALUE)
        .map(GOOD::ms)
        .forEach(cases::add);
    Stream.of(null, "", "IOS", "ios ", "android", "web", "desktop", "speaker", "other", "tv")
        .map(GOOD::on)
        .forEach(cases::add);
    cases.add(new Play("", "\n", "XQ", "1970-01-01T00:00:00Z", -1, "tv"));
    cases.add(new Play("ana", "halo", "CA", "1970-01-01T00:00:00Z", -1, "tv"));
    return cases;
  }

  private static List<String> ids() {
    return List.of(
        "",
        " ",
        "a?",
        "x".repeat(64),
        "x".repeat(65),
        EMOJI.repeat(64),
        EMOJI.repeat(65),
        "a\u0000b",
        "a\tb",
        "a\n",
        "a\u007Fb",
        "a\u0080b",
        "a\u009Fb",
        "a\u00A0b",
        "a\u2028b",
        "a\uD83D",
        "\uDE00a",
        "a\uFFFDb",
        "\"quoted\" \\ud83d");
  }

  @Test
  void everyCase_hasTheSameVerdictAsPlayEvent() {
    var cases = cases();
    var json = cases.stream().map(DecodeRulesTest::json).toArray(String[]::new);
    var reasons =
        Decode.decode(Records.of(json)).orderBy("kafka_offset").collectAsList().stream()
            .map(DecodeRulesTest::reason)
            .toList();
    assertThat(cases).hasSizeGreaterThan(60);
    for (int i = 0; i < cases.size(); i++) {
      assertThat(reasons.get(i)).as(json[i]).isEqualTo(verdict(cases.get(i)));
    }
  }

  /** Either verdict would be that of another text. */
  @Test
  void goodPlayBesideAnother_isNoPlay() {
    var good = json(GOOD);
    var bad = json(GOOD.region("XQ"));
    var texts =
        Stream.of(
                bad + ",\"play\":" + good,
                good + ",\"play\":" + bad,
                "5,\"play\":" + good,
                bad + "," + good,
                good + "," + bad)
            .toArray(String[]::new);
    assertThat(Decode.decode(Records.of(texts)).collectAsList())
        .extracting(DecodeRulesTest::reason)
        .hasSize(texts.length)
        .containsOnly("not a JSON object");
  }

  @Test
  void everyRegion_isAPlaceForAPlay() {
    var json = Regions.CODES.stream().map(code -> json(GOOD.region(code))).toArray(String[]::new);
    assertThat(Decode.plays(Decode.decode(Records.of(json))).count()).isEqualTo(json.length);
  }

  @Test
  void limits_areThoseThatTheReasonsName() {
    assertThat(PlayEvent.MAX_ID_LENGTH).isEqualTo(64);
    assertThat(PlayEvent.MAX_MS_PLAYED).isEqualTo(86_400_000);
    assertThat(PlayEvent.MAX_FUTURE).isEqualTo(Duration.ofHours(1));
    assertThat(PlayEvent.MAX_AGE).isEqualTo(Duration.ofDays(14));
  }

  private static String verdict(Play play) {
    try {
      var valid =
          new PlayEvent(
              UUID.randomUUID(),
              play.userId(),
              play.songId(),
              play.region(),
              Instant.parse(play.playedAt()),
              play.msPlayed(),
              play.platform(),
              RECEIVED);
      return valid.userId().isEmpty() ? "unreachable" : "";
    } catch (InvalidPlay e) {
      return e.field() + " " + e.rule();
    }
  }

  private static String reason(Row row) {
    String reason = row.getAs("reason");
    return reason == null ? "" : reason;
  }

  private static String json(Play play) {
    var fields = new HashMap<String, @Nullable Object>();
    fields.put("user_id", play.userId());
    fields.put("song_id", play.songId());
    fields.put("region", play.region());
    fields.put("played_at", play.playedAt());
    fields.put("ms_played", play.msPlayed());
    fields.put("platform", play.platform());
    return Plays.with(fields);
  }
}
