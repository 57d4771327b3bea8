package topsongs.ingestion;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The catalogue as its file has it, one song a line. Of several lines of one song the last holds,
 * and only that is written again; a line that is no song stays as it is, for its owner to mend.
 */
final class SongLines {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> lines = new LinkedHashMap<>();

  private SongLines() {}

  static SongLines read(byte[] jsonl) {
    var read = new SongLines();
    new String(jsonl, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(read::keep);
    return read;
  }

  /** Takes these songs over, a later one for an earlier; whether that changed anything. */
  boolean put(List<Song> songs) {
    boolean changed = false;
    for (Song song : songs) {
      changed |= put(song);
    }
    return changed;
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    for (String line : lines.values()) {
      bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private void keep(String line) {
    var fields = object(line);
    var id = fields == null ? "" : fields.path("song_id").asString("");
    // No id holds a line break, so that what has no id never stands in a song's place.
    append(id.isEmpty() ? "\n" + lines.size() : id, line);
  }

  private boolean put(Song song) {
    var known = lines.get(song.songId());
    var fields = known == null ? null : object(known);
    var corrected = fields == null ? JSON.createObjectNode() : fields.deepCopy();
    write(song, corrected);
    if (corrected.equals(fields)) {
      return false;
    }
    append(song.songId(), corrected.toString());
    return true;
  }

  private void append(String key, String line) {
    lines.remove(key);
    lines.put(key, line);
  }

  /** Fields that others have added to the line stay. */
  private static void write(Song song, ObjectNode line) {
    line.put("song_id", song.songId());
    line.put("title", song.title());
    line.put("artist", song.artist());
    line.put("album", song.album());
    line.put("genre", song.genre());
    line.put("duration_ms", song.durationMs());
    line.put("release_date", song.releaseDate() == null ? null : song.releaseDate().toString());
  }

  private static @Nullable ObjectNode object(String line) {
    try {
      return JSON.readTree(line) instanceof ObjectNode fields ? fields : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
