package topsongs.streaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The job as it is run: a process of its own, over the test's classpath and JVM flags. */
final class RunningJob implements AutoCloseable {
  private final Process process;
  private final Path log;

  private RunningJob(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static RunningJob start(Map<String, String> environment, String... arguments) {
    try {
      var log = Files.createTempFile("streaming-job", ".log");
      var builder = new ProcessBuilder(command(arguments)).redirectErrorStream(true);
      builder.environment().putAll(environment);
      return new RunningJob(builder.redirectOutput(log.toFile()).start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exit code; the job must end by itself within three minutes. */
  int awaitExit() throws InterruptedException {
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      throw new AssertionError("The job does not end:\n" + log());
    }
    return process.exitValue();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-cp",
            System.getProperty("java.class.path"),
            "topsongs.streaming.StreamingJob"));
    command.addAll(List.of(arguments));
    return command;
  }
}
