package topsongs.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import topsongs.contract.Lake;
import topsongs.contract.Topics;

/**
 * How far the stream has come, as {@link Lake#STREAM_PROGRESS} tells it.
 *
 * @param completeUntil every play that reached Kafka before it is in the lake
 * @param beganAt when this query first ran; its checkpoint came into being
 * @param firstOffsets the first offset that Kafka then had of each partition; later ones begin at 0
 * @param offsets each partition's next offset to be read; every record before it is in the lake
 * @param waiting records that Kafka held when it was last looked at, and that are not in the lake
 * @param minutes how many records came into the lake in each of the last minutes ({@link
 *     topsongs.contract.Minutes})
 */
record StreamProgress(
    Instant completeUntil,
    Instant updatedAt,
    String queryId,
    long batchId,
    Instant beganAt,
    Map<Integer, Long> firstOffsets,
    Map<Integer, Long> offsets,
    long waiting,
    Map<Instant, Long> minutes) {
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
    json.put("waiting", waiting);
    put(minutes, json.putObject("minutes"));
    return json.toString();
  }

  private static void put(Map<?, Long> numbers, ObjectNode json) {
    new TreeMap<>(numbers).forEach((key, number) -> json.put(key.toString(), number));
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
        offsets(json.path("offsets")),
        json.path("waiting").asLong(),
        numbers(json.path("minutes"), Instant::parse));
  }

  /** Offsets as Spark writes those of a Kafka source: {@code {"plays":{"0":123}}}. */
  static Map<Integer, Long> kafkaOffsets(String text) {
    return offsets(read(text).path(Topics.PLAYS));
  }

  private static Map<Integer, Long> offsets(JsonNode byPartition) {
    return numbers(byPartition, Integer::valueOf);
  }

  private static <K> Map<K, Long> numbers(JsonNode json, Function<String, K> key) {
    var numbers = new TreeMap<K, Long>();
    json.properties().forEach(p -> numbers.put(key.apply(p.getKey()), p.getValue().asLong()));
    return numbers;
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
