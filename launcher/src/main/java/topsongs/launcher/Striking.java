package topsongs.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does a fault to the processes of a stack and to its lake's disk. */
final class Striking {
  private final Home home;
  private final @Nullable LakeDisk disk;
  private final Duration hold;
  private final List<ProcessHandle> paused = new ArrayList<>();

  /**
   * @param disk null where there is none of its own
   * @param hold how long a pause or a full disk lasts
   */
  Striking(Home home, @Nullable LakeDisk disk, Duration hold) {
    this.home = home;
    this.disk = disk;
    this.hold = hold;
  }

  /** All strikes at once; returns when what lasts a while is over. */
  void strike(Fault fault) throws IOException, InterruptedException {
    var kills = processes(fault.parts(Fault.Blow.KILL));
    var pauses = processes(fault.parts(Fault.Blow.PAUSE));
    try {
      if (fault.fillsTheDisk()) {
        requireDisk().fill();
      }
      pause(pauses);
      signal("KILL", kills);
      if (fault.lasts()) {
        Thread.sleep(hold.toMillis());
      }
    } finally {
      undo();
    }
  }

  /** Lets go on what is paused, and frees the disk. */
  synchronized void undo() throws IOException, InterruptedException {
    signal("CONT", paused);
    paused.clear();
    if (disk != null) {
      disk.free();
    }
  }

  private synchronized void pause(List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    paused.addAll(processes);
    signal("STOP", processes);
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
    return switch (part) {
      case DISK -> List.of();
      case POSTMASTER -> postmaster().stream().toList();
      case DATABASE ->
          postmaster().stream()
              .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
              .toList();
      default -> ProcessFile.read(home.processFile(part.process())).stream().toList();
    };
  }

  private Optional<ProcessHandle> postmaster() throws IOException {
    var file = postmasterFile();
    return Files.exists(file)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
        : Optional.empty();
  }

  private Path postmasterFile() {
    return home.data(Part.DATABASE.process()).resolve("data/postmaster.pid");
  }

  private static void signal(String name, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    if (processes.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    // Some may have ended meanwhile, which is not wrong.
    var kill = new ProcessBuilder(command).redirectErrorStream(true).start();
    kill.getInputStream().readAllBytes();
    kill.waitFor(5, TimeUnit.SECONDS);
  }
}
