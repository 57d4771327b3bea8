package topsongs.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * @param beganAt when this query first ran; its checkpoint came into being
 * @param firstOffsets the first offset that Kafka then had of each partition; later ones begin at 0
 * @param offsets each partition's next offset to be read; every record before it is in the lake
 */
record StreamProgress(
    Instant completeUntil,
    Instant updatedAt,
    String queryId,
    long batchId,
    Instant beganAt,
    Map<Integer, Long> firstOffsets,
    Map<Integer, Long> offsets) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String toJson() {
    var json = JSON.createObjectNode();
    json.put("complete_until", completeUntil.toString());
    json.put("updated_at", updatedAt.toString());
    json.put("query_id", queryId);
    json.put("batch_id", batchId);
    json.put("began_at", beganAt.toString());
    put(firstOffsets, json.putObject("first_offsets"));
    put(offsets, json.putObject("offsets"));
    return json.toString();
  }

  private static void put(Map<Integer, Long> offsets, ObjectNode json) {
    new TreeMap<>(offsets).forEach((partition, offset) -> json.put(partition.toString(), offset));
  }

  static StreamProgress fromJson(String text) {
    var json = read(text);
    return new StreamProgress(
        Instant.parse(json.get("complete_until").asText()),
        Instant.parse(json.get("updated_at").asText()),
        json.get("query_id").asText(),
        json.get("batch_id").asLong(),
        Instant.parse(json.path("began_at").asText(Instant.EPOCH.toString())),
        offsets(json.path("first_offsets")),
        offsets(json.path("offsets")));
  }

  /** Offsets as Spark writes those of a Kafka source: {@code {"plays":{"0":123}}}. */
  static Map<Integer, Long> kafkaOffsets(String text) {
    return offsets(read(text).path(Topics.PLAYS));
  }

  private static Map<Integer, Long> offsets(JsonNode byPartition) {
    var offsets = new TreeMap<Integer, Long>();
    byPartition
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
