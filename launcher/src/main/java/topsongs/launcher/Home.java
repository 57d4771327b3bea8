package topsongs.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where the code is and where the stack keeps its state.
 *
 * @param root the checkout
 * @param state the one ignored folder of data, logs and process ids
 */
record Home(Path root, Path state) {
  /**
   * The checkout from the system property {@code topsongs.root}, the state from the settings.
   *
   * @throws IllegalStateException when the state folder holds something else
   */
  static Home find() {
    var root = Path.of(System.getProperty("topsongs.root", ".")).toAbsolutePath().normalize();
    var byDefault = root.resolve(".top-songs");
    var state =
        Path.of(System.getenv().getOrDefault("TOP_SONGS_HOME", byDefault.toString()))
            .toAbsolutePath()
            .normalize();
    if (!state.equals(byDefault)) {
      requireOwn(state);
    }
    return new Home(root, state);
  }

  /** Its logs and data are deleted at times: it must be ours. */
  private static void requireOwn(Path state) {
    var files = state.toFile().list();
    if (files != null && files.length > 0 && !Files.exists(state.resolve("secrets.properties"))) {
      throw new IllegalStateException(
          "Cannot use TOP_SONGS_HOME=%s: it holds other files; name a new or empty folder"
              .formatted(state));
    }
  }

  /** What one server keeps. */
  Path data(String name) {
    return state.resolve("data").resolve(name);
  }

  Path log(String name) {
    return state.resolve("logs").resolve(name + ".log");
  }

  Path processFile(String name) {
    return state.resolve("run").resolve(name + ".pid");
  }

  Path truth() {
    return data("truth").resolve("history.jsonl");
  }

  /** The jar of a room, followed by the jars it needs. */
  String classpath(String room) {
    try {
      return jar(room) + ":" + Files.readString(room(room).resolve("target/classpath.txt")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot find the classpath of %s: build it with ./top-songs build".formatted(room), e);
    }
  }

  Path jar(String room) {
    return room(room).resolve("target").resolve(room + "-0.1.0.jar");
  }

  Path room(String room) {
    return root.resolve(room);
  }

  /** Makes the folders; the logs begin anew with every start. */
  void createFolders() throws IOException {
    delete(state.resolve("logs"));
    for (var folder : new String[] {"data", "logs", "run"}) {
      Files.createDirectories(state.resolve(folder));
    }
  }

  /** Forgets all plays and charts. Keys stay. */
  void deleteData() throws IOException {
    delete(state.resolve("data"));
  }

  /** Writes a file that only its owner may read, where the file system knows owners. */
  static void writeSecret(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      Files.createFile(file);
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
    Files.writeString(file, content);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
