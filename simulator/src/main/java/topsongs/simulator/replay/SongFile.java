package topsongs.simulator.replay;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of songs beside a chart: columns track_uri, genres, duration_ms. */
public final class SongFile {
  /**
   * Genres are a list as Python writes it: quoted singly, or doubly where there is an apostrophe.
   */
  private static final Pattern FIRST_GENRE = Pattern.compile("\\[(?:'([^']+)'|\"([^\"]+)\").*");

  private SongFile() {}

  /**
   * Details by song_id.
   *
   * @throws IllegalArgumentException naming the first line that is none
   * @throws java.io.UncheckedIOException when there is no such file
   */
  public static Map<String, Details> read(Path file) {
    var songs = new HashMap<String, Details>();
    new CsvTable(file).forEach(row -> songs.put(row.text("track_uri"), details(row)));
    return songs;
  }

  private static Details details(CsvTable.Row row) {
    long duration = row.number("duration_ms");
    row.require(
        duration <= Integer.MAX_VALUE,
        "duration_ms must be at most %d, got %d".formatted(Integer.MAX_VALUE, duration));
    return new Details(genre(row.optional("genres")), duration == 0 ? null : (int) duration);
  }

  private static @Nullable String genre(String genres) {
    var first = FIRST_GENRE.matcher(genres);
    if (!first.matches()) {
      return null;
    }
    return first.group(1) == null ? first.group(2) : first.group(1);
  }

  /**
   * @param genre the first of its genres
   * @param durationMs above 0
   */
  public record Details(@Nullable String genre, @Nullable Integer durationMs) {}
}
