package topsongs.simulator.generate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the model said.
 *
 * @param text as it came, at best JSON in the shape asked for
 * @param cutOff whether the model had more to say than it was allowed
 */
record Answer(
    @JsonProperty("text") String text,
    @JsonProperty("cut_off") boolean cutOff,
    @JsonProperty("tokens_in") int tokensIn,
    @JsonProperty("tokens_out") int tokensOut) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The items that can be read: of a text that breaks off, those before the break. */
  List<JsonNode> items() {
    var items = new ArrayList<JsonNode>();
    try (var parser = JSON.createParser(text.substring(Math.max(0, text.indexOf('{'))))) {
      while (parser.nextToken() != null && !Question.ITEMS.equals(parser.currentName())) {}
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          items.add(JSON.readTree(parser));
        }
      }
    } catch (JsonProcessingException e) {
      return items; // the rest is asked for again
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return items;
  }
}
