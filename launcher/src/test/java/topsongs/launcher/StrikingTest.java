package topsongs.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Two nappers stand for the stream and the broker. */
class StrikingTest {
  @TempDir Path folder;
  private Home home = new Home(Path.of("."), Path.of("."));
  private final Map<Part, Process> nappers = new EnumMap<>(Part.class);

  @BeforeEach
  void nap() throws Exception {
    home = new Home(folder, folder.resolve("state"));
    home.createFolders();
    for (var part : List.of(Part.STREAM, Part.BROKER)) {
      var napper = new ProcessBuilder("sleep", "60").start();
      ProcessFile.write(home.processFile(part.process()), napper.toHandle());
      nappers.put(part, napper);
    }
  }

  @AfterEach
  void wake() {
    nappers.values().forEach(Process::destroyForcibly);
  }

  @Test
  void pair_isKilledTogether() throws Exception {
    var struck = striking().strike(Fault.kill(Part.STREAM, Part.BROKER), Duration.ZERO);
    assertThat(struck.killed())
        .containsExactlyInAnyOrderElementsOf(nappers.values().stream().map(Process::pid).toList());
    for (var napper : nappers.values()) {
      assertThat(napper.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(napper.exitValue()).isEqualTo(137);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pausedProcess_goesOnAfterwards() throws Exception {
    var strike =
        CompletableFuture.runAsync(
            () -> {
              try {
                striking().strike(Fault.pause(Part.STREAM), Duration.ofSeconds(2));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await().until(() -> state(Part.STREAM).equals("T"));
    assertThat(state(Part.BROKER)).isEqualTo("S");
    strike.get(10, TimeUnit.SECONDS);
    Awaitility.await().until(() -> state(Part.STREAM).equals("S"));
  }

  @Test
  void killedPart_isReplacedOnlyByAnotherProcess() throws Exception {
    var napper = requireNonNull(nappers.get(Part.STREAM));
    var striking = striking();
    assertThat(striking.isReplaced(Part.STREAM, Set.of(napper.pid()))).isFalse();
    var struck = striking.strike(Fault.kill(Part.STREAM), Duration.ZERO);
    napper.waitFor();
    assertThat(striking.isReplaced(Part.STREAM, struck.killed())).isFalse();
    var other = new ProcessBuilder("sleep", "60").start();
    nappers.put(Part.STREAM, other);
    ProcessFile.write(home.processFile(Part.STREAM.process()), other.toHandle());
    assertThat(striking.isReplaced(Part.STREAM, struck.killed())).isTrue();
  }

  @Test
  void afterTheEnd_nothingIsStruck() throws Exception {
    var striking = striking();
    striking.end();
    striking.strike(Fault.kill(Part.STREAM), Duration.ZERO);
    assertThat(nappers.get(Part.STREAM)).isNotNull().returns(true, Process::isAlive);
  }

  @Test
  void partThatDoesNotRun_isNoFault_andNothingElseIsStruck() throws Exception {
    assertThatThrownBy(
            () -> striking().strike(Fault.kill(Part.STREAM, Part.INGESTION), Duration.ZERO))
        .hasMessage("Cannot strike ingestion-api: it does not run");
    assertThat(nappers.get(Part.STREAM)).isNotNull().returns(true, Process::isAlive);
  }

  @Test
  void diskOfTheLake_takesNothingWhileItIsFull() throws Exception {
    var lake = folder.resolve("lake");
    var disk = mount(lake);
    try {
      Files.write(lake.resolve("before"), new byte[1 << 20]);
      disk.fill();
      assertThatThrownBy(() -> Files.write(lake.resolve("during"), new byte[1 << 20]))
          .hasMessageContaining("No space left");
      disk.free();
      Files.write(lake.resolve("after"), new byte[1 << 20]);
      assertThat(Files.size(lake.resolve("before"))).isEqualTo(1 << 20);
    } finally {
      disk.unmount();
    }
    assertThat(LakeDisk.isMounted(lake)).isFalse();
  }

  private static LakeDisk mount(Path lake) throws Exception {
    try {
      return LakeDisk.mount(lake, "8m");
    } catch (IllegalStateException e) {
      throw new TestAbortedException("Cannot mount here", e);
    }
  }

  private Striking striking() {
    return new Striking(home, null);
  }

  /** T is stopped, S asleep. */
  private String state(Part part) throws IOException {
    long pid = requireNonNull(nappers.get(part)).pid();
    var stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
    return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  }
}
