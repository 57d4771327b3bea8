package topsongs.ingestion;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import topsongs.contract.InvalidPlay;
import topsongs.contract.PlayEvent;

/** A play as a client wrote it: what could be read of it, and the first thing that is wrong. */
final class PlayDraft {
  static final int MAX_BYTES = 10 * 1024;
  private static final int MAX_DEPTH = 64;
  private static final int UUID_LENGTH = 36;

  private @Nullable String eventId;
  private @Nullable String userId;
  private @Nullable String songId;
  private @Nullable String region;
  private @Nullable String playedAt;
  private @Nullable String platform;
  private @Nullable Integer msPlayed;
  private @Nullable Refusal refusal;

  private PlayDraft() {}

  /** What could not be read at all. */
  static PlayDraft refused(Refusal refusal) {
    var draft = new PlayDraft();
    draft.refusal = refusal;
    return draft;
  }

  static PlayDraft tooLarge() {
    return refused(Refusal.tooLarge("A play must be at most 10 KiB of JSON"));
  }

  /**
   * Reads the value the parser stands on to its end, whatever is wrong with it.
   *
   * @throws tools.jackson.core.JacksonException when it is not JSON
   */
  static PlayDraft read(JsonParser json) {
    var draft = new PlayDraft();
    if (json.currentToken() == JsonToken.START_OBJECT) {
      draft.readFields(json);
    } else {
      draft.refuse(Refusal.malformed("A play must be a JSON object, got " + shown(json)));
      draft.skip(json);
    }
    return draft;
  }

  /** The client's event_id where it is short enough to be one, for the answer to name the play. */
  @Nullable String eventId() {
    return eventId == null || eventId.length() > UUID_LENGTH ? null : Refusal.printable(eventId);
  }

  /**
   * The play, when nothing is wrong with it.
   *
   * @throws Refusal naming the first field that is wrong, and what it held
   */
  PlayEvent play(Instant receivedAt) {
    if (refusal != null) {
      throw refusal;
    }
    try {
      return new PlayEvent(
          uuid(given("event_id", eventId)),
          given("user_id", userId),
          given("song_id", songId),
          given("region", region),
          Rfc3339.parse("played_at", given("played_at", playedAt)),
          given("ms_played", msPlayed),
          platform,
          receivedAt);
    } catch (InvalidPlay e) {
      throw Refusal.of(e);
    }
  }

  private void readFields(JsonParser json) {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      var field = json.currentName();
      json.nextToken();
      switch (field) {
        case "event_id" -> eventId = text(json, field, eventId);
        case "user_id" -> userId = text(json, field, userId);
        case "song_id" -> songId = text(json, field, songId);
        case "region" -> region = text(json, field, region);
        case "played_at" -> playedAt = text(json, field, playedAt);
        case "ms_played" -> msPlayed = wholeNumber(json, field, msPlayed);
        case "platform" -> platform = optionalText(json, field, platform);
        default -> skip(json);
      }
    }
  }

  private @Nullable String optionalText(JsonParser json, String field, @Nullable String earlier) {
    return json.currentToken() == JsonToken.VALUE_NULL ? earlier : text(json, field, earlier);
  }

  private @Nullable String text(JsonParser json, String field, @Nullable String earlier) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return wrongType(json, field, "must be a string");
    }
    refuseTwice(field, earlier);
    var text = json.getString();
    if (text.codePoints().anyMatch(Refusal::isHalfAPair)) {
      refuse(Refusal.of(new InvalidPlay(field, text, "must not hold half a surrogate pair")));
    }
    return text;
  }

  private @Nullable Integer wholeNumber(JsonParser json, String field, @Nullable Integer earlier) {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      return wrongType(json, field, "must be a whole number of milliseconds");
    }
    refuseTwice(field, earlier);
    if (json.getNumberType() != JsonParser.NumberType.INT) {
      refuse(Refusal.of(new InvalidPlay(field, json.getString(), "must be from 0 to 86400000")));
      return null;
    }
    return json.getIntValue();
  }

  private <T> @Nullable T wrongType(JsonParser json, String field, String rule) {
    refuse(Refusal.invalid(field, rule + ", got " + shown(json)));
    skip(json);
    return null;
  }

  private void refuseTwice(String field, @Nullable Object earlier) {
    if (earlier != null) {
      refuse(Refusal.invalid(field, "is given twice"));
    }
  }

  private void refuse(Refusal found) {
    if (refusal == null) {
      refusal = found;
    }
  }

  /** To the end of the value, however deep; the parser itself does not recurse. */
  private void skip(JsonParser json) {
    if (!json.currentToken().isStructStart()) {
      return;
    }
    for (int depth = 1; depth > 0; ) {
      var token = json.nextToken();
      if (token.isStructStart() && ++depth > MAX_DEPTH) {
        refuse(Refusal.malformed("A play must not be nested deeper than 64 levels"));
      } else if (token.isStructEnd()) {
        depth--;
      }
    }
  }

  private static String shown(JsonParser json) {
    return switch (json.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NULL -> "null";
      default -> "'%.64s'".formatted(json.getString());
    };
  }

  private static <T> T given(String field, @Nullable T value) {
    if (value == null) {
      throw Refusal.invalid(field, "is missing");
    }
    return value;
  }

  /** UUID.fromString also takes "1-1-1-1-1"; only all 36 characters written back are a UUID. */
  private static UUID uuid(String text) {
    if (text.length() == UUID_LENGTH) {
      try {
        var uuid = UUID.fromString(text);
        if (uuid.toString().equalsIgnoreCase(text)) {
          return uuid;
        }
      } catch (IllegalArgumentException e) {
        throw notAUuid(text);
      }
    }
    throw notAUuid(text);
  }

  private static InvalidPlay notAUuid(String text) {
    return new InvalidPlay(
        "event_id", text, "must be a UUID such as 0198c5a0-7c1e-7d3a-9b1f-2f6f0c9f4e11");
  }
}
