package topsongs.simulator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of the catalogue: the song of docs/data-contract.md, and its language.
 *
 * @param durationMs whole length in milliseconds, or null when unknown
 * @param releaseDate YYYY-MM-DD, or null when unknown
 * @param language BCP 47, such as {@code pt}, or null when unknown
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Song(
    @JsonProperty("song_id") String songId,
    @JsonProperty("title") String title,
    @JsonProperty("artist") String artist,
    @JsonProperty("album") @Nullable String album,
    @JsonProperty("genre") @Nullable String genre,
    @JsonProperty("duration_ms") @Nullable Integer durationMs,
    @JsonProperty("release_date") @Nullable String releaseDate,
    @JsonProperty("language") @Nullable String language) {
  private static final int MAX_ID_LENGTH = 64;
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  /**
   * @throws IllegalArgumentException naming the field, its rule and what it held
   */
  public Song {
    require(isText(songId), "song_id", songId, "must be there, without control characters");
    require(
        songId.codePointCount(0, songId.length()) <= MAX_ID_LENGTH,
        "song_id",
        songId,
        "must be at most 64 characters long");
    require(isText(title), "title", title, "must be there, without control characters");
    require(isText(artist), "artist", artist, "must be there, without control characters");
    require(
        durationMs == null || durationMs >= 0, "duration_ms", durationMs, "must not be below 0");
    require(
        releaseDate == null || DATE.matcher(releaseDate).matches(),
        "release_date",
        releaseDate,
        "must be YYYY-MM-DD");
  }

  private static boolean isText(@Nullable String text) {
    return text != null && !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
  }

  private static void require(boolean holds, String field, @Nullable Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("%s %s, got '%s'".formatted(field, rule, value));
    }
  }
}
