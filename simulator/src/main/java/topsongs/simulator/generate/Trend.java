package topsongs.simulator.generate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of the trends file: how much more, or less, than else a region plays a genre (a taste, for
 * good) or a song (a trend, week by week from one local time to another).
 *
 * @param region ISO 3166-1 alpha-2
 * @param genre of a taste, else null
 * @param songId of a trend, else null
 * @param from of a trend: the region's local time in the week, such as {@code FRI 18:00}, included
 * @param to likewise, excluded; before {@code from} when the trend runs over Sunday's end
 * @param factor the plays are so many times as many
 * @param story why, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Trend(
    @JsonProperty("kind") Kind kind,
    @JsonProperty("region") String region,
    @JsonProperty("genre") @Nullable String genre,
    @JsonProperty("song_id") @Nullable String songId,
    @JsonProperty("from") @Nullable String from,
    @JsonProperty("to") @Nullable String to,
    @JsonProperty("factor") double factor,
    @JsonProperty("story") String story) {
  static final Pattern TIME_OF_WEEK =
      Pattern.compile("(MON|TUE|WED|THU|FRI|SAT|SUN) ([01]\\d|2[0-3]):[0-5]\\d");

  static Trend taste(String region, String genre, double factor, String story) {
    return new Trend(Kind.TASTE, region, genre, null, null, null, factor, story);
  }

  /** The same genre or song in the same region. */
  boolean isLike(Trend other) {
    return region.equals(other.region)
        && String.valueOf(genre).equals(String.valueOf(other.genre))
        && String.valueOf(songId).equals(String.valueOf(other.songId));
  }

  public enum Kind {
    @JsonProperty("taste")
    TASTE,
    @JsonProperty("trend")
    TREND
  }
}
