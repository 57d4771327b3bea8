package topsongs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayEventTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void instants_areKeptToTheMillisecond() {
    var play = playedAt(NOON.plusNanos(1_999_999));
    assertThat(play.playedAt()).isEqualTo(NOON.plusMillis(1));
  }

  @Test
  void edgesOfEveryRule_areAllowed() {
    playedAt(NOON.plus(PlayEvent.MAX_FUTURE));
    playedAt(NOON.minus(PlayEvent.MAX_AGE));
    heardFor(0);
    heardFor(PlayEvent.MAX_MS_PLAYED);
    byUser("u");
    byUser("x".repeat(64));
    byUser("😀".repeat(64));
  }

  @Test
  void playTooFarInTheFuture_isRefused() {
    assertThatThrownBy(() -> playedAt(NOON.plus(PlayEvent.MAX_FUTURE).plusMillis(1)))
        .isInstanceOf(InvalidPlay.class)
        .hasMessage(
            "Cannot take play: played_at must be at most 1 hour in the future, got '2026-11-22T13:00:00.001Z'");
  }

  @Test
  void playTooOld_isRefused() {
    assertThatThrownBy(() -> playedAt(NOON.minus(PlayEvent.MAX_AGE).minus(Duration.ofMillis(1))))
        .isInstanceOf(InvalidPlay.class)
        .hasMessageContaining("at most 14 days old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "tab\t", "\ud800", "\u0085"})
  void idThatCannotBeStored_isRefused(String id) {
    assertThatThrownBy(() -> byUser(id))
        .isInstanceOfSatisfying(InvalidPlay.class, e -> assertThat(e.field()).isEqualTo("user_id"));
  }

  @Test
  void longValue_isShownShortened() {
    assertThatThrownBy(() -> byUser("é".repeat(1_000)))
        .hasMessageEndingWith("got '" + "é".repeat(64) + "…'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"XQ", "ca", "CAN", "GLOBAL", ""})
  void placeThatIsNotARegion_isRefused(String region) {
    assertThatThrownBy(() -> play("u", "s", region, NOON, 1, "web"))
        .isInstanceOfSatisfying(InvalidPlay.class, e -> assertThat(e.field()).isEqualTo("region"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, PlayEvent.MAX_MS_PLAYED + 1})
  void impossibleLength_isRefused(int msPlayed) {
    assertThatThrownBy(() -> heardFor(msPlayed)).hasMessageContaining("must be from 0 to 86400000");
  }

  @Test
  void unknownPlatform_isRefused() {
    assertThatThrownBy(() -> play("u", "s", "CA", NOON, 1, "fridge"))
        .hasMessageContaining("platform must be ios, android");
  }

  private static PlayEvent playedAt(Instant playedAt) {
    return play("u", "s", "CA", playedAt, 1, "web");
  }

  private static PlayEvent heardFor(int msPlayed) {
    return play("u", "s", "CA", NOON, msPlayed, "web");
  }

  private static PlayEvent byUser(String userId) {
    return play(userId, "s", "CA", NOON, 1, "web");
  }

  private static PlayEvent play(
      String userId,
      String songId,
      String region,
      Instant playedAt,
      int msPlayed,
      String platform) {
    return new PlayEvent(
        UUID.randomUUID(), userId, songId, region, playedAt, msPlayed, platform, NOON);
  }
}
