package topsongs.ingestion;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import topsongs.contract.PlayEvent;

/** A song as a client wrote it: the fields of a JSON object, of whatever types. */
final class SongDraft {
  static final int MAX_BYTES = 10 * 1024;

  private static final String SONG_ID = "song_id";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private final ObjectNode fields;

  private SongDraft(ObjectNode fields) {
    this.fields = fields;
  }

  static Refusal tooLarge() {
    return Refusal.tooLarge("A song must be at most 10 KiB of JSON");
  }

  /**
   * Reads the one song that is all of the JSON.
   *
   * @throws tools.jackson.core.JacksonException when it is not JSON
   * @throws Refusal when it is not an object
   */
  static SongDraft readOnly(JsonParser parser) {
    try (parser) {
      if (parser.nextToken() == null) {
        throw Refusal.malformed("The body is empty");
      }
      JsonNode json = JSON.readTree(parser);
      if (parser.nextToken() != null) {
        throw Refusal.malformed("The JSON goes on after its end");
      }
      if (json instanceof ObjectNode fields) {
        return new SongDraft(fields);
      }
      throw Refusal.malformed("A song must be a JSON object, got " + shown(json));
    }
  }

  /**
   * The same song under the id of its address, where the body may repeat it.
   *
   * @throws Refusal when the body names another
   */
  SongDraft withId(String songId) {
    if (fields.hasNonNull(SONG_ID) && !songId.equals(text(SONG_ID))) {
      throw Refusal.invalidSong(
          SONG_ID, "must be that of the address, '%s', or left out".formatted(songId));
    }
    fields.put(SONG_ID, songId);
    return this;
  }

  /** The client's song_id where it is short enough to be one, for the answer to name the song. */
  @Nullable String songId() {
    var id = fields.path(SONG_ID);
    return id.isString() && id.stringValue().length() <= 2 * PlayEvent.MAX_ID_LENGTH
        ? Refusal.printable(id.stringValue())
        : null;
  }

  /**
   * The song, when nothing is wrong with it.
   *
   * @throws Refusal naming the first field that is wrong, and what it held
   */
  Song song() {
    return new Song(
        given(SONG_ID, text(SONG_ID)),
        given("title", text("title")),
        given("artist", text("artist")),
        text("album"),
        text("genre"),
        wholeNumber("duration_ms"),
        date("release_date"));
  }

  private @Nullable String text(String field) {
    var value = fields.path(field);
    if (isNone(value)) {
      return null;
    }
    if (!value.isString()) {
      throw Refusal.invalidSong(field, "must be a string, got " + shown(value));
    }
    return value.stringValue();
  }

  private @Nullable Integer wholeNumber(String field) {
    var value = fields.path(field);
    if (isNone(value)) {
      return null;
    }
    if (!value.isIntegralNumber()) {
      throw Refusal.invalidSong(
          field, "must be a whole number of milliseconds, got " + shown(value));
    }
    if (!value.canConvertToInt()) {
      throw Refusal.invalidSong(field, "must be from 1 to 86400000, got " + shown(value));
    }
    return value.intValue();
  }

  private @Nullable LocalDate date(String field) {
    var text = text(field);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.invalidSong(field, "must be YYYY-MM-DD, got '%.64s'".formatted(text));
    }
  }

  private static boolean isNone(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static String shown(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      default -> "'%.64s'".formatted(value);
    };
  }

  private static <T> T given(String field, @Nullable T value) {
    if (value == null) {
      throw Refusal.invalidSong(field, "is missing");
    }
    return value;
  }
}
