package topsongs.ingestion;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Plays as clients send them. */
final class Plays {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Plays() {}

  /** Ana plays Halo in Canada just now, under a new event_id. */
  static String anaPlaysHalo() {
    return anaPlaysHalo(Map.of());
  }

  /** The same, but for some fields. */
  static String anaPlaysHalo(Map<String, ?> changes) {
    var play = new TreeMap<String, Object>();
    play.put("event_id", UUID.randomUUID().toString());
    play.put("user_id", "ana");
    play.put("song_id", "halo");
    play.put("region", "CA");
    play.put("played_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    play.put("ms_played", 201_000);
    play.put("platform", "ios");
    play.putAll(changes);
    return MAPPER.writeValueAsString(play);
  }

  static String eventId(String play) {
    return MAPPER.readTree(play).path("event_id").asString();
  }

  static String batch(String... plays) {
    return "{\"plays\": [%s]}".formatted(String.join(", ", plays));
  }
}
