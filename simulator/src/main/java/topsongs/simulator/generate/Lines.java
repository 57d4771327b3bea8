package topsongs.simulator.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/** A JSON Lines file that only grows, line by whole line. */
final class Lines {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;

  /** Drops what a run that was killed left of its last line. */
  Lines(Path file) {
    this.file = file;
    try {
      var folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.exists(file)) {
        mendEnd(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(file, e), e);
    }
  }

  List<String> read() {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  void append(Object value) {
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(value) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(file, e), e);
    }
  }

  private void mendEnd(byte[] bytes) throws IOException {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    if (end < bytes.length) {
      var last = new String(bytes, end, bytes.length - end, StandardCharsets.UTF_8);
      Files.write(file, isJson(last) ? withEnd(bytes) : Arrays.copyOf(bytes, end));
    }
  }

  private static byte[] withEnd(byte[] bytes) {
    var ended = Arrays.copyOf(bytes, bytes.length + 1);
    ended[bytes.length] = '\n';
    return ended;
  }

  private static boolean isJson(String line) {
    try {
      return JSON.readTree(line).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
