package topsongs.serving.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder of this process for what it fetches. Those that died without tidying up are tidied. */
final class Scratch {
  private static final String NAME = "top-songs-evidence-";

  private Scratch() {}

  static Path make() {
    try {
      var temporary = Path.of(System.getProperty("java.io.tmpdir"));
      deleteLeftovers(temporary);
      return Files.createTempDirectory(temporary, NAME + ProcessHandle.current().pid() + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Other people's are theirs to tidy. */
  private static void deleteLeftovers(Path temporary) throws IOException {
    try (var folders = Files.newDirectoryStream(temporary, NAME + "[0-9]*-*")) {
      for (var folder : folders) {
        if (Files.isWritable(folder) && !isInUse(folder)) {
          delete(folder);
        }
      }
    }
  }

  /** In a container this process has the same number as the one before. */
  private static boolean isInUse(Path folder) throws IOException {
    var made = Files.getLastModifiedTime(folder).toInstant();
    var pid = folder.getFileName().toString().replaceAll("^" + NAME + "|-.*", "");
    return ProcessHandle.of(Long.parseLong(pid))
        .flatMap(process -> process.info().startInstant())
        .filter(started -> !made.isBefore(started))
        .isPresent();
  }

  static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
