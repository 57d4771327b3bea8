package topsongs.serving.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How many may listen, and how soon one that is gone is missed.
 *
 * @param heartbeat how often something is sent where there is nothing to tell; who does not take it
 *     until the next one is dropped
 */
@ConfigurationProperties("top-songs.live")
record LiveSettings(int listeners, Duration heartbeat) {}
