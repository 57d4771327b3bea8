package topsongs.contract;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a server's process is started: the launcher's, or one that holds a container.
 *
 * @param patience within which it is ready; an image may have to be pulled first
 */
record ServerCommand(List<String> line, Duration patience) {
  static ServerCommand of(String server, Path folder) throws IOException {
    var infra = System.getProperty("infra", "embedded");
    return switch (infra) {
      case "embedded" -> new ServerCommand(launcher(server, folder), Duration.ofMinutes(2));
      case "containers" -> new ServerCommand(container(server), Duration.ofMinutes(10));
      default ->
          throw new IllegalArgumentException(
              "Cannot start a test server: infra must be embedded or containers, got '%s'"
                  .formatted(infra));
    };
  }

  private static List<String> launcher(String server, Path folder) throws IOException {
    var target = room("launcher").resolve("target");
    return List.of(
        java(),
        "-cp",
        classpath(target.resolve("classpath.txt"), target.resolve("launcher-0.1.0.jar")),
        "topsongs.launcher.TopSongs",
        "serve",
        server,
        "--port=0",
        "--folder=" + folder,
        "--stop-with-parent");
  }

  private static List<String> container(String server) throws IOException {
    return List.of(
        java(),
        "-XX:TieredStopAtLevel=1",
        "-Xmx128m",
        "-cp",
        classpath(
            room("contract").resolve("target/test-classpath.txt"),
            home(ServerCommand.class),
            home(Topics.class)),
        "topsongs.contract.TestContainer",
        server);
  }

  private static String classpath(Path file, Path... own) throws IOException {
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "Cannot start a test server: %s is missing; run mvn -pl launcher -am package"
              .formatted(file));
    }
    var classpath = new StringBuilder(Files.readString(file).strip());
    for (Path jar : own) {
      classpath.append(File.pathSeparator).append(jar);
    }
    return classpath.toString();
  }

  /** The jar or folder that the class comes from. */
  private static Path home(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static Path room(String name) {
    return Path.of(System.getProperty("topsongs.root", ".."), name);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
