package topsongs.launcher.server;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Runs one server of the stack until it is stopped. It prints {@code ready PORT} when it answers.
 */
@Command(
    name = "serve",
    description = "Run one server of the stack alone: Kafka, the object store or PostgreSQL.")
public final class ServeCommand {
  /** The three servers share their options. */
  static final class Options {
    @Option(names = "--port", defaultValue = "0", description = "Port on 127.0.0.1; 0 is any.")
    int port;

    @Option(names = "--folder", required = true, description = "Where the server keeps its data.")
    Path folder = Path.of(".");

    @Option(names = "--stop-with-parent", description = "Stop when the starting process ends.")
    boolean stopWithParent;
  }

  @Command(name = "kafka", description = "A Kafka broker with the product's topics.")
  int kafka(@Mixin Options options) throws Exception {
    int port = choosePort(options);
    KafkaServer.start(port, options.folder.toAbsolutePath());
    return serve(port, options);
  }

  @Command(name = "object-store", description = "An S3 server with the bucket top-songs.")
  int objectStore(@Mixin Options options) throws Exception {
    int port = choosePort(options);
    ObjectStoreServer.start(
        port,
        options.folder.toAbsolutePath(),
        System.getenv().getOrDefault("TOP_SONGS_S3_ACCESS_KEY", "top-songs"),
        System.getenv().getOrDefault("TOP_SONGS_S3_SECRET_KEY", "top-songs-secret"));
    return serve(port, options);
  }

  @Command(name = "postgres", description = "A PostgreSQL server with the database top_songs.")
  int postgres(@Mixin Options options) throws Exception {
    int port = choosePort(options);
    PostgresServer.start(port, options.folder.toAbsolutePath());
    return serve(port, options);
  }

  private static int choosePort(Options options) {
    return options.port == 0 ? Ports.free() : options.port;
  }

  private static int serve(int port, Options options) throws InterruptedException {
    System.out.println("ready " + port);
    if (options.stopWithParent) {
      ProcessHandle.current().parent().orElseThrow().onExit().join();
    } else {
      Thread.currentThread().join();
    }
    return 0;
  }
}
