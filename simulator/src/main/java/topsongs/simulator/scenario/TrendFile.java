package topsongs.simulator.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import topsongs.simulator.Song;
import topsongs.simulator.generate.Trend;

/** Reads the tastes and trends that {@code catalogue generate} writes. */
public final class TrendFile {
  private static final JsonMapper JSON = new JsonMapper();

  private TrendFile() {}

  /**
   * @param songs that the crowd knows
   * @throws IllegalArgumentException naming the first line that is none, or of another's song
   */
  public static List<Push> read(Path file, List<Song> songs) {
    var pushes = new ArrayList<Push>();
    var lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      try {
        Trend trend = JSON.readValue(lines.get(i), Trend.class);
        require(trend != null, "it is empty");
        pushes.add(push(trend, songs));
      } catch (JsonProcessingException e) {
        throw unreadable(file, i + 1, e.getOriginalMessage());
      } catch (IllegalArgumentException e) {
        throw unreadable(file, i + 1, String.valueOf(e.getMessage()));
      }
    }
    return pushes;
  }

  private static Push push(Trend trend, List<Song> songs) {
    require(trend.factor() > 0, "factor must be above 0, got " + trend.factor());
    require(trend.kind() != null && trend.region() != null, "kind and region must be given");
    require(trend.kind() != Trend.Kind.TASTE || trend.genre() != null, "a taste needs a genre");
    var where = Set.of(trend.region());
    if (trend.kind() == Trend.Kind.TASTE) {
      var genre = String.valueOf(trend.genre());
      return new Push(song -> genre.equals(song.genre()), where, Push.always(trend.factor()));
    }
    var id = String.valueOf(trend.songId());
    if (songs.stream().noneMatch(song -> song.songId().equals(id))) {
      throw new IllegalArgumentException(
          "song_id must be of a song in the catalogue, got '%s'; give its --catalogue"
              .formatted(id));
    }
    return new Push(
        song -> song.songId().equals(id),
        where,
        Push.weekly(time(trend.from()), time(trend.to()), trend.factor()));
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  private static TimeOfWeek time(@Nullable String text) {
    return TimeOfWeek.parse(String.valueOf(text));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read trends %s: %s".formatted(file, e), e);
    }
  }

  private static IllegalArgumentException unreadable(Path file, int line, String reason) {
    return new IllegalArgumentException(
        "Cannot read trends %s: line %d: %s".formatted(file, line, reason));
  }
}
