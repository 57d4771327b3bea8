package topsongs.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays as JSON: one good play, and what becomes of it when a field changes. */
final class Plays {
  static final Instant ARRIVED = Instant.parse("2026-11-22T14:00:00.250Z");

  /** Escapes, so that half a surrogate pair reaches Kafka as the client meant it. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final Map<String, Object> ANA_PLAYS_HALO_AT_13_59 = anaPlaysHalo();

  private Plays() {}

  static String good() {
    return json(ANA_PLAYS_HALO_AT_13_59);
  }

  static String with(String field, @Nullable Object value) {
    var changes = new HashMap<String, @Nullable Object>();
    changes.put(field, value);
    return with(changes);
  }

  static String with(Map<String, @Nullable Object> changes) {
    var play = new LinkedHashMap<String, @Nullable Object>(ANA_PLAYS_HALO_AT_13_59);
    play.putAll(changes);
    return json(play);
  }

  static String without(String field) {
    var play = new LinkedHashMap<>(ANA_PLAYS_HALO_AT_13_59);
    play.remove(field);
    return json(play);
  }

  /** The good play with a field's value written as given, whatever it is. */
  static String withRaw(String field, String raw) {
    return with(field, "@@").replace("\"@@\"", raw);
  }

  private static Map<String, Object> anaPlaysHalo() {
    var play = new LinkedHashMap<String, Object>();
    play.put("event_id", "0192f3c4-5a6b-7c8d-9e0f-a1b2c3d4e5f6");
    play.put("user_id", "ana");
    play.put("song_id", "halo");
    play.put("region", "CA");
    play.put("played_at", "2026-11-22T13:59:00.123Z");
    play.put("ms_played", 201_000);
    play.put("platform", "ios");
    play.put("received_at", "2026-11-22T14:00:00.200Z");
    return play;
  }

  private static String json(Map<String, ?> play) {
    try {
      return JSON.writeValueAsString(play);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
