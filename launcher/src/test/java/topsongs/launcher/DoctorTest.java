package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.launcher.server.Ports;

class DoctorTest {
  @TempDir Path folder;

  @Test
  void takenPort_isNamedWithTheVariableThatChangesIt() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings = new Settings(Map.of("TOP_SONGS_KAFKA_PORT", taken.getLocalPort()), Map.of());
      assertThat(new Doctor(home(), settings).problems())
          .singleElement()
          .asString()
          .contains("port " + taken.getLocalPort() + " is taken", "TOP_SONGS_KAFKA_PORT=");
    }
  }

  @Test
  void freePorts_areNoProblem() throws Exception {
    var settings = new Settings(Map.of("TOP_SONGS_KAFKA_PORT", Ports.free()), Map.of());
    assertThat(new Doctor(home(), settings).problems()).isEmpty();
  }

  @Test
  void runningStack_isNotStartedTwice() throws Exception {
    var home = home();
    home.createFolders();
    ProcessFile.write(home.processFile("launcher"), ProcessHandle.current());
    assertThatThrownBy(() -> new Doctor(home, new Settings(Map.of(), Map.of())).requireNotRunning())
        .hasMessageContaining("running already")
        .hasMessageContaining("./top-songs down");
  }

  @Test
  void secrets_areMadeOnceAndOnlyTheOwnerReadsThem() throws Exception {
    var first = Settings.load(home());
    assertThat(Settings.load(home()).secrets()).isEqualTo(first.secrets());
    assertThat(first.apiKey()).hasSize(32);
    assertThat(Files.getPosixFilePermissions(home().state().resolve("secrets.properties")))
        .map(Enum::name)
        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
  }

  private Home home() {
    return new Home(folder, folder.resolve("state"));
  }
}
