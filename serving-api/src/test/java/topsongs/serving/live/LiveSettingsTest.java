package topsongs.serving.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveSettingsTest {
  @Test
  void settingThatMakesNoSense_isRefused() {
    assertThatThrownBy(() -> new LiveSettings(-1, Duration.ofSeconds(15)))
        .hasMessage("top-songs.live.listeners must be 0 or more, got -1");
    assertThatThrownBy(() -> new LiveSettings(500, Duration.ZERO))
        .hasMessage("top-songs.live.heartbeat must be 1 ms or more, got PT0S");
  }

  @Test
  void oneNetworkHasATenth_butOne() {
    assertThat(new LiveSettings(500, Duration.ofSeconds(15)).listenersOfOneNetwork()).isEqualTo(50);
    assertThat(new LiveSettings(3, Duration.ofSeconds(15)).listenersOfOneNetwork()).isEqualTo(1);
  }
}
