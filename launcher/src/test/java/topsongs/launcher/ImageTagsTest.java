package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Base images are named where tools look for them: each must say what docker-compose.yaml says. */
class ImageTagsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("topsongs.root", "..")).toAbsolutePath().normalize();

  @Test
  void dockerfiles_beginWithTheImagesOfTheComposeFile() throws Exception {
    var composed = ofTheComposeFile();
    try (var folders = Files.newDirectoryStream(ROOT.resolve("docker"), "*/Dockerfile")) {
      for (var file : folders) {
        var defaults = found("(?m)^ARG (\\w+)_IMAGE=(\\S+)", file);
        assertThat(defaults).as(file.toString()).isNotEmpty();
        assertThat(composed).as(file.toString()).containsAllEntriesOf(defaults);
      }
    }
  }

  @Test
  void exampleSettings_showTheImagesOfTheComposeFile() throws Exception {
    var shown = found("(?m)^#TOP_SONGS_IMAGE_((?!OWN)\\w+)=(\\S+)", ROOT.resolve(".env.example"));
    assertThat(shown).isEqualTo(ofTheComposeFile());
  }

  @Test
  void standIns_haveTheNamesOfTheComposeFile() throws Exception {
    var standIns = Files.readString(ROOT.resolve(".ci/images/build"));
    for (var image : ofTheComposeFile().values()) {
      assertThat(standIns).contains(" " + image + " ");
    }
  }

  @Test
  void testContainers_areThoseOfTheComposeFile() throws Exception {
    var source = "contract/src/test/java/topsongs/contract/TestContainer.java";
    var call = "image\\(\\s*\"TOP_SONGS_IMAGE_(\\w+)\",\\s*\"(\\S+)\",\\s*\"(\\S+)\"";
    var used = new TreeMap<String, String>();
    Pattern.compile(call)
        .matcher(Files.readString(ROOT.resolve(source)))
        .results()
        .forEach(found -> used.put(found.group(1), found.group(2) + ":" + found.group(3)));
    assertThat(used).containsOnlyKeys("KAFKA", "MINIO", "POSTGRES");
    assertThat(ofTheComposeFile()).containsAllEntriesOf(used);
  }

  @Test
  void composeFile_hasOneTagOfEachImage_andNotLatest() throws Exception {
    var named = Files.readString(ROOT.resolve("docker-compose.yaml"));
    ofTheComposeFile()
        .forEach(
            (name, image) -> {
              assertThat(image).matches(".+:.*\\d.*");
              var other = "TOP_SONGS_IMAGE_%s:-(?!%s})".formatted(name, Pattern.quote(image));
              assertThat(Pattern.compile(other).matcher(named).find()).as(name).isFalse();
            });
  }

  /** The base images, by the middle of their variable's name. */
  private static Map<String, String> ofTheComposeFile() throws IOException {
    var compose = ROOT.resolve("docker-compose.yaml");
    return found("\\$\\{TOP_SONGS_IMAGE_((?!OWN)\\w+):-([^}]+)}", compose);
  }

  private static Map<String, String> found(String pattern, Path file) throws IOException {
    var found = new TreeMap<String, String>();
    Pattern.compile(pattern)
        .matcher(Files.readString(file))
        .results()
        .forEach(image -> found.put(image.group(1), image.group(2)));
    return found;
  }
}
