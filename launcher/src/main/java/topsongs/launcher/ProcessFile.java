package topsongs.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/** A process id on disk, with its start so that a later process of the same id is not mistaken. */
final class ProcessFile {
  /** How names begin that listing the folder may show before they are written. */
  private static final String UNFINISHED = ".";

  private ProcessFile() {}

  /** Whoever reads it meanwhile finds what was there before, or all of it. */
  static void write(Path file, ProcessHandle process) throws IOException {
    var unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), UNFINISHED, "");
    Files.writeString(unfinished, process.pid() + " " + started(process).toEpochMilli() + "\n");
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The process that the file names, if it still runs. */
  static Optional<ProcessHandle> read(Path file) {
    if (file.getFileName().toString().startsWith(UNFINISHED)) {
      return Optional.empty();
    }
    try {
      var words = Files.readString(file).strip().split(" ", 2);
      long start = Long.parseLong(words[1]);
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> started(process).toEpochMilli() == start);
    } catch (NoSuchFileException e) {
      return Optional.empty();
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
