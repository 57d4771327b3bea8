package topsongs.serving.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many may listen, and how soon one that is gone is missed.
 *
 * @param listeners a tenth of them, but at least one, from one network
 * @param heartbeat how often something is sent where there is nothing to tell; whose connection
 *     takes nothing more for two of them is dropped
 */
@ConfigurationProperties("top-songs.live")
record LiveSettings(int listeners, Duration heartbeat) {
  LiveSettings {
    if (listeners < 0) {
      throw new IllegalArgumentException(
          "top-songs.live.listeners must be 0 or more, got " + listeners);
    }
    if (heartbeat.toMillis() < 1) {
      throw new IllegalArgumentException(
          "top-songs.live.heartbeat must be 1 ms or more, got " + heartbeat);
    }
  }

  int listenersOfOneNetwork() {
    return Math.max(1, listeners / 10);
  }
}
