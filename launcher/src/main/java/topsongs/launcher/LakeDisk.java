package topsongs.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own for the lake, in memory, whose quota a drill can shrink to what is used:
 * then nothing more can be written, as on a full disk. Needs Linux and the right to mount.
 */
final class LakeDisk {
  private static final int TRIES = 20;
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration COPIED_WITHIN = Duration.ofMinutes(5);

  private final Path folder;
  private final String size;

  private LakeDisk(Path folder, String size) {
    this.folder = folder;
    this.size = size;
  }

  /**
   * Mounts it over the folder, which may hold one that a killed drill has left.
   *
   * @throws IllegalStateException with the reason, where that cannot be done
   */
  static LakeDisk mount(Path folder, String size) throws IOException, InterruptedException {
    unmount(folder);
    Files.createDirectories(folder);
    run(SOON, "mount", "-t", "tmpfs", "-o", "mode=700,size=" + size, "tmpfs", folder.toString());
    return new LakeDisk(folder, size);
  }

  /** Leaves room for nothing more than is there. */
  void fill() throws IOException, InterruptedException {
    for (int n = 1; ; n++) {
      try {
        resize(Long.toString(used()));
        return;
      } catch (IllegalStateException e) {
        if (n == TRIES) {
          throw e; // It grew each time between the look and the change.
        }
      }
    }
  }

  void free() throws IOException, InterruptedException {
    resize(size);
  }

  /** Does nothing where nothing is mounted. */
  void unmount() throws IOException, InterruptedException {
    unmount(folder);
  }

  static void unmount(Path folder) throws IOException, InterruptedException {
    while (isMounted(folder)) {
      run(SOON, "umount", "-l", folder.toString());
    }
  }

  static boolean isMounted(Path folder) throws IOException {
    var mounts = Path.of("/proc/mounts");
    if (!Files.exists(mounts)) {
      return false;
    }
    if (!Files.exists(folder)) {
      return false;
    }
    var escaped = folder.toRealPath().toString().replace(" ", "\\040");
    return Files.readAllLines(mounts).stream()
        .anyMatch(line -> line.split(" ", 3)[1].equals(escaped));
  }

  /** What is in memory is gone with the mount; a copy stays. */
  static void copy(Path folder, Path to) throws IOException, InterruptedException {
    run(COPIED_WITHIN, "cp", "-a", folder.toString(), to.toString());
  }

  private void resize(String to) throws IOException, InterruptedException {
    run(SOON, "mount", "-o", "remount,size=" + to, folder.toString());
  }

  private long used() throws IOException {
    FileStore store = Files.getFileStore(folder);
    return store.getTotalSpace() - store.getUnallocatedSpace();
  }

  private static void run(Duration within, String... command)
      throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot run %s: %s".formatted(command[0], e.getMessage()), e);
    }
    var asked = String.join(" ", command);
    if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "Cannot %s: it takes more than %d s".formatted(asked, within.toSeconds()));
    }
    if (process.exitValue() != 0) {
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      throw new IllegalStateException("Cannot %s: %s".formatted(asked, said.strip()));
    }
  }
}
