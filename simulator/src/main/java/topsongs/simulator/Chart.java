package topsongs.simulator;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chart as the truth file holds it, a line each, and as serving-api must show it.
 *
 * @param granularity hour or day
 * @param periodStart RFC 3339
 * @param plays counted, of all its songs
 * @param listeners with at least one counted play
 * @param songs with at least one counted play
 * @param entries the best 100
 */
record Chart(
    @JsonProperty("region") String region,
    @JsonProperty("granularity") String granularity,
    @JsonProperty("period_start") String periodStart,
    @JsonProperty("plays") long plays,
    @JsonProperty("listeners") long listeners,
    @JsonProperty("songs") long songs,
    @JsonProperty("entries") List<Entry> entries) {

  record Entry(
      @JsonProperty("position") int position,
      @JsonProperty("rank") int rank,
      @JsonProperty("tied") boolean tied,
      @JsonProperty("song_id") String songId,
      @JsonProperty("plays") long plays,
      @JsonProperty("listeners") long listeners) {

    private static Entry served(JsonNode entry) {
      return new Entry(
          entry.path("position").asInt(),
          entry.path("rank").asInt(),
          entry.path("tied").asBoolean(),
          entry.at("/song/song_id").asText(),
          entry.path("plays").asLong(),
          entry.path("listeners").asLong());
    }
  }

  /** Reads the answer of {@code GET /v1/charts/…}. */
  static Chart served(JsonNode chart) {
    var entries = new ArrayList<Entry>();
    chart.path("entries").forEach(entry -> entries.add(Entry.served(entry)));
    return new Chart(
        chart.path("region").asText(),
        chart.path("granularity").asText(),
        chart.path("period_start").asText(),
        chart.at("/totals/plays").asLong(),
        chart.at("/totals/listeners").asLong(),
        chart.at("/totals/songs").asLong(),
        entries);
  }

  /** Where the other chart differs, in words; empty when it does not. */
  List<String> differences(Chart got) {
    var found = new ArrayList<String>();
    compare(found, "region", region, got.region);
    compare(found, "granularity", granularity, got.granularity);
    compare(found, "period_start", periodStart, got.periodStart);
    compare(found, "plays", plays, got.plays);
    compare(found, "listeners", listeners, got.listeners);
    compare(found, "songs", songs, got.songs);
    for (int i = 0; i < Math.max(entries.size(), got.entries.size()); i++) {
      compare(found, "position " + (i + 1), at(entries, i), at(got.entries, i));
    }
    return found;
  }

  private static @Nullable Entry at(List<Entry> entries, int index) {
    return index < entries.size() ? entries.get(index) : null;
  }

  private static void compare(
      List<String> found, String what, @Nullable Object expected, @Nullable Object got) {
    if (!Objects.equals(expected, got)) {
      found.add("%s: expected %s, got %s".formatted(what, expected, got));
    }
  }
}
