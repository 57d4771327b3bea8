package topsongs.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topsongs.launcher.server.PostgresServer;

/** Does a fault to the processes of a stack and to its lake's disk. */
final class Striking {
  private static final Duration TAKES_EFFECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration FILL_AGAIN_AFTER = Duration.ofMillis(500);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Home home;
  private final @Nullable LakeDisk disk;
  private final List<ProcessHandle> paused = new ArrayList<>();
  private boolean filled;
  private boolean ended;

  /**
   * @param disk null where there is none of its own
   */
  Striking(Home home, @Nullable LakeDisk disk) {
    this.home = home;
    this.disk = disk;
  }

  /**
   * What was done.
   *
   * @param from when it was struck
   * @param to when what lasts a while was over
   * @param killed ids of the processes that are no more
   */
  record Struck(Instant from, Instant to, Set<Long> killed) {}

  /**
   * All strikes at once; returns when what lasts a while is over.
   *
   * @param hold for how long that is
   * @throws IllegalStateException when a part does not run, or what was done has no effect
   */
  Struck strike(Fault fault, Duration hold) throws IOException, InterruptedException {
    var kills = processes(fault.parts(Fault.Blow.KILL));
    var pauses = processes(fault.parts(Fault.Blow.PAUSE));
    var from = Instant.now();
    try {
      if (fault.fillsTheDisk()) {
        fill();
      }
      pause(pauses);
      kill(kills);
      hold(from.plus(hold), fault.fillsTheDisk());
    } finally {
      undo();
    }
    return new Struck(
        from, Instant.now(), kills.stream().map(ProcessHandle::pid).collect(Collectors.toSet()));
  }

  /** Lets go on what is paused, and frees the disk. */
  synchronized void undo() throws IOException, InterruptedException {
    signal("CONT", paused);
    paused.clear();
    if (filled) {
      requireDisk().free();
      filled = false;
    }
  }

  /** Undoes, and strikes no more: everything is about to be stopped. */
  synchronized void end() throws IOException, InterruptedException {
    ended = true;
    undo();
  }

  /** Whether other processes do what those did that were killed. */
  boolean isReplaced(Part part, Set<Long> killed) throws IOException {
    var processes = processes(part);
    return !processes.isEmpty()
        && processes.stream().noneMatch(process -> killed.contains(process.pid()));
  }

  /** Deleting gives room back: what has become free is taken again. */
  private void hold(Instant until, boolean filling) throws IOException, InterruptedException {
    while (Instant.now().isBefore(until)) {
      if (filling) {
        fill();
      }
      var left = Duration.between(Instant.now(), until);
      Thread.sleep(Math.max(0, Math.min(left.toMillis(), FILL_AGAIN_AFTER.toMillis())));
    }
  }

  private synchronized void fill() throws IOException, InterruptedException {
    if (!ended) {
      filled = true;
      requireDisk().fill();
    }
  }

  private synchronized void pause(List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    if (!ended) {
      paused.addAll(processes);
      signal("STOP", processes);
      awaitAll(processes, state -> state.startsWith("T"), "stopped");
    }
  }

  private synchronized void kill(List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    if (!ended) {
      signal("KILL", processes);
      awaitAll(processes, state -> state.isEmpty() || state.startsWith("Z"), "killed");
    }
  }

  private LakeDisk requireDisk() {
    if (disk == null) {
      throw new IllegalStateException("Cannot fill the lake's disk: it has none of its own");
    }
    return disk;
  }

  /** Looked up before anything is struck. */
  private List<ProcessHandle> processes(List<Part> parts) throws IOException {
    var all = new ArrayList<ProcessHandle>();
    for (var part : parts) {
      var processes = processes(part);
      if (processes.isEmpty()) {
        throw new IllegalStateException(
            "Cannot strike %s: it does not run".formatted(part.title()));
      }
      all.addAll(processes);
    }
    return all;
  }

  private List<ProcessHandle> processes(Part part) throws IOException {
    var data = home.data(part.process());
    return switch (part) {
      case DISK -> List.of();
      case POSTMASTER -> PostgresServer.postmaster(data).stream().toList();
      case DATABASE ->
          PostgresServer.postmaster(data).stream()
              .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
              .toList();
      default -> ProcessFile.read(home.processFile(part.process())).stream().toList();
    };
  }

  private static void signal(String name, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    if (!processes.isEmpty()) {
      // Some may have ended meanwhile, which is not wrong.
      said(List.of("kill", "-" + name), processes);
    }
  }

  private static void awaitAll(List<ProcessHandle> processes, Predicate<String> isSo, String what)
      throws IOException, InterruptedException {
    var deadline = Instant.now().plus(TAKES_EFFECT_WITHIN);
    for (var process : processes) {
      while (!isSo.test(said(List.of("ps", "-o", "stat=", "-p"), List.of(process)))) {
        if (Instant.now().isAfter(deadline)) {
          throw new IllegalStateException(
              "Cannot strike process %d: it is not %s after %d s"
                  .formatted(process.pid(), what, TAKES_EFFECT_WITHIN.toSeconds()));
        }
        Thread.sleep(LOOK_EVERY.toMillis());
      }
    }
  }

  /** What a command says of some processes. */
  private static String said(List<String> command, List<ProcessHandle> of)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(command);
    of.forEach(process -> words.add(Long.toString(process.pid())));
    var asked = new ProcessBuilder(words).redirectErrorStream(true).start();
    if (!asked.waitFor(TAKES_EFFECT_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      asked.destroyForcibly();
      throw new IllegalStateException(
          "Cannot strike: %s does not answer".formatted(command.get(0)));
    }
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
