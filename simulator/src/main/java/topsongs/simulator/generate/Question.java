package topsongs.simulator.generate;

import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the model is asked.
 *
 * @param name of the shape; it changes when the shape does, because kept answers are found by it
 * @param item what each of the answer's items must look like
 * @param attempt from 1; the same words asked again are another question
 */
record Question(
    String name, String instructions, String request, JsonObjectSchema item, int attempt) {
  static final String ITEMS = "items";

  JsonSchema schema() {
    var items = JsonArraySchema.builder().items(item).build();
    var root =
        JsonObjectSchema.builder()
            .addProperty(ITEMS, items)
            .required(ITEMS)
            .additionalProperties(false)
            .build();
    return JsonSchema.builder().name(name).rootElement(root).build();
  }

  /** Tokens that the question takes, guessed high: most texts have 3 or 4 bytes a token. */
  int tokens() {
    return tokens(instructions + request + item);
  }

  static int tokens(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length / 2;
  }

  /** The same for the same question to the same model; 64 hexadecimal digits. */
  String hash(String model) {
    var text = String.join("\0", model, name, instructions, request, String.valueOf(attempt));
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
