package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Asks an API what its own description allows, and what it does not, and holds every answer to it.
 * What is asked and how often is in launcher/src/test/fuzz.
 */
final class Fuzz {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WITHIN = Duration.ofMinutes(5);

  private final Path root;
  private final RunningStack stack;

  Fuzz(Path root, RunningStack stack) {
    this.root = root;
    this.stack = stack;
  }

  /**
   * @param operations how many it describes, less those that are left out: asking none proves
   *     nothing
   */
  void ask(String name, URI api, int operations) throws Exception {
    var folder = root.resolve("launcher/src/test/fuzz");
    var report = root.resolve("launcher/target/fuzz-" + name + ".json");
    Files.deleteIfExists(report);
    var command =
        new ProcessBuilder(
                List.of(
                    root.resolve(".top-songs/fuzz/bin/st").toString(),
                    "--no-color",
                    "--config-file=" + folder.resolve("schemathesis.toml"),
                    "run",
                    api.resolve("/v3/api-docs").toString(),
                    "--report=json",
                    "--report-json-path=" + report))
            .directory(root.resolve("launcher/target").toFile()); // It leaves files there.
    command.environment().put("PYTHONPATH", folder.toString());
    command.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    command.environment().put("TOP_SONGS_API_KEY", stack.settings().apiKey());
    command.environment().put("TOP_SONGS_CATALOGUE_KEY", stack.settings().catalogueKey());

    assertThat(Children.run(command, WITHIN)).as("what %s answered", name).isZero();
    JsonNode asked = JSON.readTree(report.toFile());
    assertThat(asked.at("/operations/tested").asInt()).isEqualTo(operations);
    assertThat(asked.at("/test_cases/generated").asInt()).isGreaterThan(20 * operations);
  }

  /** How many operations an API describes. */
  static int described(Path root, String name) throws Exception {
    var description = root.resolve("docs/openapi/" + name + ".json");
    int operations = 0;
    for (var path : JSON.readTree(description.toFile()).path("paths")) {
      operations += path.size();
    }
    return operations;
  }
}
