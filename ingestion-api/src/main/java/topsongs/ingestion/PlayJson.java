package topsongs.ingestion;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import topsongs.contract.PlayEvent;
import topsongs.contract.Topics;

/** JSON in and out, token by token: a play is never held as a tree, and is written once. */
final class PlayJson {
  private static final int TYPICAL_BYTES = 320;

  /** Jackson remembers up to 6,000 names for as long as the service runs. */
  static final int MAX_NAME = 512;

  /**
   * The parser is given 10 KiB at most; of these limits only that of names can be crossed. Bytes
   * are UTF-8, as RFC 8259 says, whatever they look like.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(PlayDraft.MAX_BYTES)
                  .maxNumberLength(PlayDraft.MAX_BYTES)
                  .maxStringLength(PlayDraft.MAX_BYTES)
                  .maxNameLength(MAX_NAME)
                  .build())
          .build();

  private PlayJson() {}

  static JsonParser parser(InputStream body) {
    return JSON.createParser(ObjectReadContext.empty(), body);
  }

  static JsonParser parser(byte[] bytes, int length) {
    return JSON.createParser(ObjectReadContext.empty(), bytes, 0, length);
  }

  /**
   * Reads the one play that is all of the JSON.
   *
   * @throws tools.jackson.core.JacksonException when it is not JSON
   */
  static PlayDraft readOnly(JsonParser json) {
    try (json) {
      requireContent(json);
      var draft = PlayDraft.read(json);
      requireEnd(json);
      return draft;
    }
  }

  private static void requireContent(JsonParser json) {
    if (json.nextToken() == null) {
      throw Refusal.malformed("The body is empty");
    }
  }

  private static void requireEnd(JsonParser json) {
    if (json.nextToken() != null) {
      throw Refusal.malformed("The JSON goes on after its end");
    }
  }

  /** The play as Kafka gets it: keyed by user_id, instants always with three fraction digits. */
  static ProducerRecord<byte[], byte[]> record(PlayEvent play) {
    var bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("event_id", play.eventId().toString());
      json.writeStringProperty("user_id", play.userId());
      json.writeStringProperty("song_id", play.songId());
      json.writeStringProperty("region", play.region());
      json.writeStringProperty("played_at", Rfc3339.format(play.playedAt()));
      json.writeNumberProperty("ms_played", play.msPlayed());
      if (play.platform() != null) {
        json.writeStringProperty("platform", play.platform());
      }
      json.writeStringProperty("received_at", Rfc3339.format(play.receivedAt()));
      json.writeEndObject();
    }
    var key = play.userId().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(Topics.PLAYS, key, bytes.toByteArray());
  }
}
