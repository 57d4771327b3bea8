package topsongs.ingestion;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import topsongs.contract.PlayEvent;

/**
 * A song of the catalogue. A value of this type is valid, and so known to the jobs, whose rules are
 * a little wider.
 *
 * @param durationMs whole length in milliseconds, or null when unknown
 */
record Song(
    String songId,
    String title,
    String artist,
    @Nullable String album,
    @Nullable String genre,
    @Nullable Integer durationMs,
    @Nullable LocalDate releaseDate) {
  static final int MAX_TEXT_LENGTH = 200;

  private static final int MAX_DURATION_MS = 86_400_000;
  private static final int MAX_YEAR = 9999;
  private static final int SHOWN = 64;

  /**
   * @throws Refusal naming the first field that breaks its rule, and what it held
   */
  Song {
    requireText("song_id", songId, PlayEvent.MAX_ID_LENGTH);
    requireText("title", title, MAX_TEXT_LENGTH);
    requireText("artist", artist, MAX_TEXT_LENGTH);
    requireText("album", album, MAX_TEXT_LENGTH);
    requireText("genre", genre, MAX_TEXT_LENGTH);
    require(
        durationMs == null || (durationMs >= 1 && durationMs <= MAX_DURATION_MS),
        "duration_ms",
        durationMs,
        "must be from 1 to 86400000");
    require(
        releaseDate == null || (releaseDate.getYear() >= 1 && releaseDate.getYear() <= MAX_YEAR),
        "release_date",
        releaseDate,
        "must be in the years 1 to 9999");
  }

  private static void requireText(String field, @Nullable String text, int maxLength) {
    if (text != null) {
      int length = text.codePointCount(0, text.length());
      require(
          !text.isBlank() && length <= maxLength,
          field,
          text,
          "must be 1 to %d characters long and not blank".formatted(maxLength));
      require(
          text.codePoints().noneMatch(Character::isISOControl),
          field,
          text,
          "must not contain control characters");
      require(
          text.codePoints().noneMatch(Refusal::isHalfAPair),
          field,
          text,
          "must not hold half a surrogate pair");
    }
  }

  private static void require(boolean holds, String field, @Nullable Object value, String rule) {
    if (!holds) {
      throw Refusal.invalidSong(field, "%s, got '%s'".formatted(rule, shorten("" + value)));
    }
  }

  private static String shorten(String value) {
    return value.codePointCount(0, value.length()) <= SHOWN
        ? value
        : value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
