package topsongs.simulator.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tastes and trends that are being written: those of the file, and those that come to it. */
final class TrendBook {
  private static final JsonMapper JSON = new JsonMapper();

  private final Lines lines;
  private final List<Trend> trends = new ArrayList<>();

  /**
   * @throws IllegalArgumentException naming the file whose line is no trend, or of another's song
   */
  TrendBook(Path file, SongBook songs) {
    lines = new Lines(file);
    for (var line : lines.read()) {
      try {
        trends.add(JSON.readValue(line, Trend.class));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "Cannot read trends %s: line %d: %s"
                .formatted(file, trends.size() + 1, e.getOriginalMessage()),
            e);
      }
    }
    requireSongs(file, songs);
  }

  private void requireSongs(Path file, SongBook songs) {
    for (var trend : trends) {
      if (trend.songId() != null && !songs.has(trend.songId())) {
        throw new IllegalArgumentException(
            "Cannot go on with trends %s: song_id must be of a song in the catalogue beside it, got '%s'; delete the file"
                .formatted(file, trend.songId()));
      }
    }
  }

  /** For songs.jsonl, songs.trends.jsonl. */
  static Path fileBeside(Path songs) {
    var name = String.valueOf(songs.getFileName());
    return songs.resolveSibling(name.replaceFirst("(\\.jsonl?)?$", "") + ".trends.jsonl");
  }

  int size() {
    return trends.size();
  }

  int count(Trend.Kind kind, String region) {
    return (int) trends.stream().filter(t -> t.kind() == kind && t.region().equals(region)).count();
  }

  /**
   * @throws IllegalArgumentException when the region has it already
   */
  void add(Trend trend) {
    if (trends.stream().anyMatch(trend::isLike)) {
      throw new IllegalArgumentException(
          "%s must be another one: this region has it already"
              .formatted(trend.kind() == Trend.Kind.TASTE ? "genre" : "song_id"));
    }
    lines.append(trend);
    trends.add(trend);
  }
}
