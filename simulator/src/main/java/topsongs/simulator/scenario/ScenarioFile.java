package topsongs.simulator.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A scenario as it is written: one that ships, or a file.
 *
 * @param yaml see docs/simulator.md
 */
public record ScenarioFile(String name, String yaml) {
  /** Those that ship. */
  public static final List<String> SHIPPED =
      List.of("friday-release", "viral-in-brazil", "quiet-night", "rough-weekend", "sixty-regions");

  /**
   * @param name of a file, or of one that ships
   * @throws IllegalArgumentException when there is neither
   */
  public static ScenarioFile of(String name) {
    if (SHIPPED.contains(name)) {
      return shipped(name);
    }
    var file = Path.of(name);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "Cannot read scenario %s: there is no such file, nor does one ship by that name; did you mean %s?"
              .formatted(name, Section.nearest(name, SHIPPED)));
    }
    try {
      return new ScenarioFile(name, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read scenario %s: %s".formatted(name, e), e);
    }
  }

  private static ScenarioFile shipped(String name) {
    var path = "/scenario/" + name + ".yaml";
    try (InputStream in = Objects.requireNonNull(ScenarioFile.class.getResourceAsStream(path))) {
      return new ScenarioFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it is there to show. */
  public String shows() {
    return String.valueOf(Section.whole(name, yaml, ScenarioReader.KEYS).text("shows"));
  }
}
