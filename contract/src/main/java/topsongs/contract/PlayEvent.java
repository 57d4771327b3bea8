package topsongs.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One listener heard one song: the unit everything here counts. A value of this type is valid.
 *
 * <p>In JSON, Kafka and Parquet the fields carry these names in snake_case. The rules are those of
 * docs/data-contract.md; streaming-job applies the same rules to what it reads from Kafka.
 *
 * @param eventId chosen by the client; with playedAt it identifies the play
 * @param userId pseudonymous listener, 1 to 64 characters
 * @param songId key into the catalogue, 1 to 64 characters
 * @param region where it was heard, ISO 3166-1 alpha-2 in upper case
 * @param playedAt when it started, truncated to milliseconds
 * @param msPlayed how long it was heard, in milliseconds
 * @param platform one of {@link #PLATFORMS}, or null when the client did not say
 * @param receivedAt when ingestion-api took it, truncated to milliseconds
 */
public record PlayEvent(
    UUID eventId,
    String userId,
    String songId,
    String region,
    Instant playedAt,
    int msPlayed,
    @Nullable String platform,
    Instant receivedAt) {

  public static final int MAX_ID_LENGTH = 64;
  public static final int MAX_MS_PLAYED = 86_400_000;
  public static final Duration MAX_AGE = Duration.ofDays(14);
  public static final Duration MAX_FUTURE = Duration.ofHours(1);
  public static final Set<String> PLATFORMS =
      Set.of("ios", "android", "web", "desktop", "speaker", "other");

  /**
   * @throws InvalidPlay naming the first field that breaks its rule
   */
  public PlayEvent {
    requireId("user_id", userId);
    requireId("song_id", songId);
    if (!Regions.isCode(region)) {
      throw new InvalidPlay("region", region, "must be an ISO 3166-1 alpha-2 code such as CA");
    }
    playedAt = playedAt.truncatedTo(ChronoUnit.MILLIS);
    receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
    if (playedAt.isAfter(receivedAt.plus(MAX_FUTURE))) {
      throw new InvalidPlay("played_at", playedAt, "must be at most 1 hour in the future");
    }
    if (playedAt.isBefore(receivedAt.minus(MAX_AGE))) {
      throw new InvalidPlay("played_at", playedAt, "must be at most 14 days old");
    }
    if (msPlayed < 0 || msPlayed > MAX_MS_PLAYED) {
      throw new InvalidPlay("ms_played", msPlayed, "must be from 0 to 86400000");
    }
    if (platform != null && !PLATFORMS.contains(platform)) {
      throw new InvalidPlay(
          "platform", platform, "must be ios, android, web, desktop, speaker or other");
    }
  }

  /** Control characters and lone surrogates survive neither PostgreSQL nor UTF-8. */
  private static void requireId(String field, String value) {
    int length = value.codePointCount(0, value.length());
    if (length < 1 || length > MAX_ID_LENGTH) {
      throw new InvalidPlay(field, value, "must be 1 to 64 characters long");
    }
    if (value.codePoints().anyMatch(PlayEvent::isUnstorable)) {
      throw new InvalidPlay(field, value, "must not contain control characters");
    }
  }

  private static boolean isUnstorable(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }
}
