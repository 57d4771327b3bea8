package topsongs.ingestion;

import java.util.Collections;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings that are this service's own.
 *
 * @param apiKeys every key that may post plays; several at once, so that keys can be rotated
 * @param catalogueKeys every key that may change songs, and nothing else; none: nobody may
 * @param lake where songs are written
 */
@ConfigurationProperties("top-songs")
record IngestionSettings(List<String> apiKeys, List<String> catalogueKeys, LakeSettings lake) {
  IngestionSettings {
    apiKeys = keys(apiKeys);
    catalogueKeys = keys(catalogueKeys);
    if (apiKeys.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot start: no API key is set; set TOP_SONGS_API_KEYS to one or more, comma-separated");
    }
    if (!Collections.disjoint(apiKeys, catalogueKeys)) {
      throw new IllegalArgumentException(
          "Cannot start: TOP_SONGS_API_KEYS and TOP_SONGS_CATALOGUE_KEYS share a key; who posts plays"
              + " must not change songs");
    }
    if (!catalogueKeys.isEmpty() && !lake.isBucket()) {
      throw new IllegalArgumentException(
          "Cannot start: TOP_SONGS_CATALOGUE_KEYS is set, and so TOP_SONGS_LAKE must be s3a://BUCKET, got '%s'"
              .formatted(lake.root()));
    }
    if (!catalogueKeys.isEmpty() && !lake.hasKey()) {
      throw new IllegalArgumentException(
          "Cannot start: TOP_SONGS_CATALOGUE_KEYS is set, but not TOP_SONGS_S3_ACCESS_KEY and"
              + " TOP_SONGS_S3_SECRET_KEY, with which songs are written");
    }
  }

  /** The keys are secrets: a log that prints the settings must not print them. */
  @Override
  public String toString() {
    return "IngestionSettings[%d API keys, %d catalogue keys, %s]"
        .formatted(apiKeys.size(), catalogueKeys.size(), lake);
  }

  private static List<String> keys(List<String> given) {
    return given.stream().map(String::strip).filter(key -> !key.isEmpty()).toList();
  }
}
