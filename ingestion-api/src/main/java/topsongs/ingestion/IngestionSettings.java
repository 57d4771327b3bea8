package topsongs.ingestion;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings that are this service's own.
 *
 * @param apiKeys every key that may post plays; several at once, so that keys can be rotated
 */
@ConfigurationProperties("top-songs")
record IngestionSettings(List<String> apiKeys) {
  IngestionSettings {
    apiKeys = apiKeys.stream().map(String::strip).filter(key -> !key.isEmpty()).toList();
    if (apiKeys.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot start: no API key is set; set TOP_SONGS_API_KEYS to one or more, comma-separated");
    }
  }

  /** The keys are secrets: a log that prints the settings must not print them. */
  @Override
  public String toString() {
    return "IngestionSettings[%d API keys]".formatted(apiKeys.size());
  }
}
