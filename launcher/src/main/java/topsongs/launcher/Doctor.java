package topsongs.launcher;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import topsongs.launcher.server.Ports;

/** What would keep the stack from starting, each in one line with its remedy. */
final class Doctor {
  private static final long GIB = 1L << 30;
  private static final long MEMORY_NEEDED = 6 * GIB;
  private static final long DISK_NEEDED = 2 * GIB;

  private final Home home;
  private final Settings settings;

  Doctor(Home home, Settings settings) {
    this.home = home;
    this.settings = settings;
  }

  /**
   * @throws IllegalStateException naming everything that is in the way
   */
  void requireReady() throws IOException {
    var problems = problems();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join(System.lineSeparator(), problems));
    }
  }

  /**
   * @throws IllegalStateException when a stack runs on this state folder
   */
  void requireNotRunning() {
    var running = ProcessFile.read(home.processFile("launcher"));
    if (running.isPresent()) {
      throw new IllegalStateException(
          "Cannot start: it is running already (process %d); stop it with ./top-songs down"
              .formatted(running.get().pid()));
    }
  }

  List<String> problems() throws IOException {
    var problems = new ArrayList<String>();
    checkPorts(problems);
    checkMemory(problems);
    checkDisk(problems);
    return problems;
  }

  private void checkPorts(List<String> problems) {
    settings
        .ports()
        .forEach(
            (variable, port) -> {
              if (!Ports.isFree(port)) {
                problems.add(
                    "Cannot start: port %d is taken; choose another, such as %s=%d ./top-songs up"
                        .formatted(port, variable, Ports.free()));
              }
            });
  }

  private static void checkMemory(List<String> problems) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    if (system.getTotalMemorySize() < MEMORY_NEEDED) {
      problems.add(
          "Cannot start: 6 GiB of memory are needed, this machine has %.1f GiB"
              .formatted((double) system.getTotalMemorySize() / GIB));
    }
  }

  private void checkDisk(List<String> problems) throws IOException {
    Files.createDirectories(home.state());
    long free = Files.getFileStore(home.state()).getUsableSpace();
    if (free < DISK_NEEDED) {
      problems.add(
          "Cannot start: 2 GiB of disk are needed at %s, %.1f GiB are free"
              .formatted(home.state(), (double) free / GIB));
    }
  }
}
