package topsongs.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One long-running child process: started, awaited, stopped. One that dies before it was ready
 * fails the start; one that dies later is started again.
 */
final class Service {
  private static final Duration READY_WITHIN = Duration.ofSeconds(120);
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(25);
  private static final int DEATHS_TOLERATED = 10;
  private static final Duration DEATHS_WITHIN = Duration.ofMinutes(5);

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Home home;
  private final Predicate<Service> ready;
  private final ArrayDeque<Instant> deaths = new ArrayDeque<>();
  private @Nullable Process process;
  private Instant startedAt = Instant.EPOCH;
  private long saidBefore;
  private boolean wasReady;
  private boolean stopping;

  /**
   * @param ready whether it does its work now; asked again and again until it says so
   */
  Service(
      String name,
      List<String> command,
      Map<String, String> environment,
      Home home,
      Predicate<Service> ready) {
    this.name = name;
    this.command = command;
    this.environment = environment;
    this.home = home;
    this.ready = ready;
  }

  String name() {
    return name;
  }

  /** Starts the process; its output goes to its log. */
  synchronized void start() {
    if (stopping) {
      return;
    }
    try {
      saidBefore = Files.exists(log()) ? Files.size(log()) : 0;
      startedAt = Instant.now();
      process = Commands.builder(command, environment, log()).start();
      ProcessFile.write(home.processFile(name), process.toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start %s: %s".formatted(name, e.getMessage()), e);
    }
    var unused = process.onExit().thenAccept(this::startAgain);
  }

  /**
   * Waits until it is ready.
   *
   * @throws IllegalStateException with the end of its log, when it is not ready in time
   */
  void awaitReady() throws InterruptedException {
    var deadline = Instant.now().plus(READY_WITHIN);
    while (!ready.test(this)) {
      if (Instant.now().isAfter(deadline) || !isAlive()) {
        throw new IllegalStateException(
            "Cannot start %s: %s. The end of %s:%n%s"
                .formatted(
                    name,
                    isAlive() ? "not ready after " + READY_WITHIN.toSeconds() + " s" : "it ended",
                    home.log(name),
                    Commands.tail(home.log(name))));
      }
      Thread.sleep(100);
    }
    synchronized (this) {
      wasReady = true;
    }
  }

  /** Asks it to stop, and kills it when it has not after a while. */
  void stop() throws InterruptedException {
    Process running;
    synchronized (this) {
      stopping = true;
      running = process;
    }
    if (running == null) {
      return;
    }
    var family = running.descendants().toList();
    running.destroy();
    if (!running.waitFor(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      running.destroyForcibly();
      family.forEach(ProcessHandle::destroyForcibly);
    }
    ProcessFile.delete(home.processFile(name));
  }

  /** When the process that runs now was started. */
  synchronized Instant startedAt() {
    return startedAt;
  }

  /** Whether the process that runs now, and not one before it, has put this line into its log. */
  boolean said(String line) {
    try (var file = Files.newByteChannel(log())) {
      synchronized (this) {
        file.position(saidBefore);
      }
      return new BufferedReader(Channels.newReader(file, StandardCharsets.UTF_8))
          .lines()
          .anyMatch(line::equals);
    } catch (IOException e) {
      return false;
    }
  }

  /** Forgets earlier deaths: somebody killed it on purpose. */
  synchronized void forgive() {
    deaths.clear();
  }

  /** Whether it runs and does its work now. */
  boolean isWell() {
    return isAlive() && ready.test(this);
  }

  private Path log() {
    return home.log(name);
  }

  private synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  private void startAgain(Process ended) {
    int died;
    synchronized (this) {
      if (stopping || !wasReady) {
        return;
      }
      var now = Instant.now();
      deaths.add(now);
      while (deaths.element().isBefore(now.minus(DEATHS_WITHIN))) {
        deaths.remove();
      }
      died = deaths.size();
      if (died > DEATHS_TOLERATED) {
        System.out.printf(
            "✗ %s ended %d times in %d minutes and is left stopped; see %s%n",
            name, died, DEATHS_WITHIN.toMinutes(), home.log(name));
        return;
      }
    }
    System.out.printf("! %s ended (exit %d); starting it again%n", name, ended.exitValue());
    pause(died);
    try {
      start();
    } catch (UncheckedIOException e) {
      System.out.printf("✗ %s%n", e.getMessage());
    }
  }

  private static void pause(int deaths) {
    try {
      Thread.sleep(Math.min(500L * deaths, 5_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
