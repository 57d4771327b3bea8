package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {
  @TempDir Path folder;
  private Home home = new Home(Path.of("."), Path.of("."));

  @BeforeEach
  void createHome() throws Exception {
    home = new Home(folder, folder.resolve("state"));
    home.createFolders();
  }

  @Test
  void killedProcess_isStartedAgain() throws Exception {
    var service = service("sleep 60", self -> true);
    service.start();
    service.awaitReady();
    long first = pid();
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> pid() != first);
    service.stop();
  }

  /** What the process before has said is in the same log, and tells nothing of this one. */
  @Test
  void restartedProcess_isNotReady_beforeItSaysSoItself() throws Exception {
    var mayBeReady = Files.createFile(folder.resolve("may-be-ready"));
    var script = "until [ -e '%s' ]; do sleep 0.05; done; echo ready 1; sleep 60";
    var service = service(script.formatted(mayBeReady), self -> self.said("ready 1"));
    service.start();
    service.awaitReady();
    long first = pid();
    Files.delete(mayBeReady);
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> pid() != first);
    assertThat(service.isWell()).isFalse();
    Files.createFile(mayBeReady);
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(service::isWell);
    service.stop();
  }

  @Test
  void stoppedProcess_staysStopped() throws Exception {
    var service = service("sleep 60", self -> true);
    service.start();
    var process = ProcessHandle.of(pid()).orElseThrow();
    service.stop();
    assertThat(process.isAlive()).isFalse();
    assertThat(home.processFile("napper")).doesNotExist();
  }

  @Test
  void processThatIgnoresTheTerminalsCtrlC_stillStopsWhenAsked() throws Exception {
    var service = service("kill -INT $$; sleep 60", self -> true);
    service.start();
    assertThat(ProcessHandle.of(pid()).orElseThrow().isAlive()).isTrue();
    service.stop();
    assertThat(home.processFile("napper")).doesNotExist();
  }

  @Test
  void processThatEndsBeforeItIsReady_isReportedWithTheEndOfItsLog() {
    var service = service("echo Cannot bind: port taken; sleep 0.2; exit 3", self -> false);
    service.start();
    assertThatThrownBy(service::awaitReady)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cannot start napper: it ended")
        .hasMessageContaining("Cannot bind: port taken");
  }

  @Test
  void processFileOfAnotherStart_namesNobody() throws Exception {
    var file = home.processFile("stranger");
    Files.writeString(file, ProcessHandle.current().pid() + " 12345\n");
    assertThat(ProcessFile.read(file)).isEmpty();
    ProcessFile.write(file, ProcessHandle.current());
    assertThat(ProcessFile.read(file)).contains(ProcessHandle.current());
  }

  @Test
  void processFileThatIsBeingWritten_namesTheProcessAllTheTime() throws Exception {
    var file = home.processFile("rewritten");
    ProcessFile.write(file, ProcessHandle.current());
    var writing = CompletableFuture.runAsync(() -> writeAgainAndAgain(file));
    while (!writing.isDone()) {
      assertThat(ProcessFile.read(file)).contains(ProcessHandle.current());
    }
    writing.get();
  }

  private static void writeAgainAndAgain(Path file) {
    try {
      for (int n = 0; n < 500; n++) {
        ProcessFile.write(file, ProcessHandle.current());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Service service(String script, Predicate<Service> ready) {
    return new Service("napper", List.of("sh", "-c", script), Map.of(), home, ready);
  }

  private long pid() throws Exception {
    return Long.parseLong(Files.readString(home.processFile("napper")).split(" ", 2)[0]);
  }
}
