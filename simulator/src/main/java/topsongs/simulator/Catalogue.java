package topsongs.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The songs that the crowd knows.
 *
 * @param jsonl one song a line, UTF-8, as published
 * @param songs the same, read and checked
 */
public record Catalogue(byte[] jsonl, List<Song> songs) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectReader SONG = JSON.readerFor(Song.class);

  /** The invented songs that come with the simulator, or those of the file. */
  public static Catalogue of(@Nullable Path file) {
    try {
      return file == null ? builtIn() : read(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read catalogue %s: %s".formatted(file, e), e);
    }
  }

  private static Catalogue builtIn() throws IOException {
    try (InputStream in = Catalogue.class.getResourceAsStream("/catalogue/songs.jsonl")) {
      return read("songs.jsonl", Objects.requireNonNull(in).readAllBytes());
    }
  }

  /**
   * @throws IllegalArgumentException naming the first line that is not a song, or repeats one
   */
  static Catalogue read(String name, byte[] jsonl) {
    var songs = new ArrayList<Song>();
    var ids = new HashSet<String>();
    int number = 0;
    for (String line :
        (Iterable<String>) new String(jsonl, StandardCharsets.UTF_8).lines()::iterator) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      var song = song(name, number, line);
      if (!ids.add(song.songId())) {
        throw unreadable(
            name, number, "song_id must be unique, got '%s' again".formatted(song.songId()));
      }
      songs.add(song);
    }
    if (songs.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read catalogue %s: it holds no song".formatted(name));
    }
    return new Catalogue(jsonl, List.copyOf(songs));
  }

  /** What the lake holds: none as long as nobody has published any. */
  static Catalogue ofLake(byte[] jsonl) {
    return jsonl.length == 0 ? new Catalogue(jsonl, List.of()) : read("of the lake", jsonl);
  }

  /**
   * These songs and those of the others that it does not know yet; what it knows stays as it is.
   */
  Catalogue with(List<Song> others) {
    var known = songs.stream().map(Song::songId).collect(Collectors.toSet());
    var all = new ArrayList<>(songs);
    var lines = new StringBuilder(new String(jsonl, StandardCharsets.UTF_8));
    if (jsonl.length > 0 && jsonl[jsonl.length - 1] != '\n') {
      lines.append('\n');
    }
    for (Song song : others) {
      if (known.add(song.songId())) {
        all.add(song);
        lines.append(line(song)).append('\n');
      }
    }
    return new Catalogue(lines.toString().getBytes(StandardCharsets.UTF_8), List.copyOf(all));
  }

  /**
   * These lines and the songs that none of them is of. Of theirs every line stays, whatever it is.
   */
  byte[] addedTo(byte[] lines) {
    var text = new String(lines, StandardCharsets.UTF_8);
    var known = text.lines().map(Catalogue::songId).collect(Collectors.toSet());
    var added = new StringBuilder(text);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      added.append('\n');
    }
    new String(jsonl, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !known.contains(songId(line)))
        .forEach(line -> added.append(line).append('\n'));
    return added.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Empty where the line is no song. */
  private static String songId(String line) {
    try {
      return JSON.readTree(line).path("song_id").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static String line(Song song) {
    try {
      return JSON.writeValueAsString(song);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot write song " + song.songId(), e);
    }
  }

  private static Song song(String name, int number, String line) {
    try {
      return SONG.readValue(line);
    } catch (ValueInstantiationException e) {
      var rule = e.getCause();
      throw unreadable(name, number, rule == null ? e.getOriginalMessage() : rule.getMessage());
    } catch (JsonProcessingException e) {
      throw unreadable(name, number, e.getOriginalMessage());
    }
  }

  private static IllegalArgumentException unreadable(
      String name, int number, @Nullable String reason) {
    return new IllegalArgumentException(
        "Cannot read catalogue %s: line %d: %s".formatted(name, number, reason));
  }
}
