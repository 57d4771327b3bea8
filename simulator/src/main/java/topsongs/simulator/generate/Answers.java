package topsongs.simulator.generate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** Answers already paid for, one file each, in a folder. */
final class Answers {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final String model;

  Answers(Path folder, String model) {
    this.folder = folder;
    this.model = model;
  }

  /** Null when there is none, or none that can be read. */
  @Nullable Answer to(Question question) {
    try {
      return JSON.readValue(file(question).toFile(), Answer.class);
    } catch (IOException e) {
      return null;
    }
  }

  void keep(Question question, Answer answer) {
    try {
      Files.createDirectories(folder);
      var half = Files.createTempFile(folder, "answer", ".part");
      JSON.writeValue(half.toFile(), answer);
      Files.move(half, file(question), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep an answer in %s: %s".formatted(folder, e), e);
    }
  }

  void forget(Question question) {
    try {
      Files.deleteIfExists(file(question));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot forget an answer in %s: %s".formatted(folder, e), e);
    }
  }

  private Path file(Question question) {
    return folder.resolve(question.hash(model) + ".json");
  }
}
