package topsongs.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A process id on disk, with its start so that a later process of the same id is not mistaken. */
final class ProcessFile {
  private ProcessFile() {}

  static void write(Path file, ProcessHandle process) throws IOException {
    Files.writeString(file, process.pid() + " " + started(process).toEpochMilli() + "\n");
  }

  /** The process that the file names, if it still runs. */
  static Optional<ProcessHandle> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var words = Files.readString(file).strip().split(" ", 2);
      long start = Long.parseLong(words[1]);
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> started(process).toEpochMilli() == start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant started(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
