package topsongs.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import topsongs.contract.Lake;
import topsongs.contract.Topics;

/**
 * How far the stream has come, as {@link Lake#STREAM_PROGRESS} tells it.
 *
 * @param completeUntil every play that reached Kafka before it is in the lake
 * @param offsets each partition's next offset to be read
 */
record StreamProgress(
    Instant completeUntil,
    Instant updatedAt,
    String queryId,
    long batchId,
    Map<Integer, Long> offsets) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String toJson() {
    var json = JSON.createObjectNode();
    json.put("complete_until", completeUntil.toString());
    json.put("updated_at", updatedAt.toString());
    json.put("query_id", queryId);
    json.put("batch_id", batchId);
    var partitions = json.putArray("partitions");
    offsets.forEach((p, o) -> partitions.addObject().put("partition", p).put("offset", o));
    return json.toString();
  }

  static StreamProgress fromJson(String text) {
    var json = read(text);
    var offsets = new TreeMap<Integer, Long>();
    json.get("partitions")
        .forEach(p -> offsets.put(p.get("partition").asInt(), p.get("offset").asLong()));
    return new StreamProgress(
        Instant.parse(json.get("complete_until").asText()),
        Instant.parse(json.get("updated_at").asText()),
        json.get("query_id").asText(),
        json.get("batch_id").asLong(),
        offsets);
  }

  /** Offsets as Spark writes those of a Kafka source: {@code {"plays":{"0":123}}}. */
  static Map<Integer, Long> kafkaOffsets(String text) {
    var offsets = new TreeMap<Integer, Long>();
    read(text)
        .path(Topics.PLAYS)
        .properties()
        .forEach(p -> offsets.put(Integer.valueOf(p.getKey()), p.getValue().asLong()));
    return offsets;
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
