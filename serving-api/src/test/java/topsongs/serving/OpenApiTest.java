package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topsongs.contract.ApiDescription;

/**
 * What the service says of itself lies in docs/openapi, because the dashboard's types are made of
 * it.
 */
class OpenApiTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void committedDescription_isWhatTheServiceSays() throws IOException {
    ApiDescription.assertCommitted("serving-api", OpenApiTest.class, said());
  }

  /** Without the address it was asked at, and in an order that depends on no machine. */
  private static List<String> said() {
    try (var api = RunningApi.withoutTables()) {
      var answer = api.get("/v3/api-docs");
      assertThat(answer.statusCode()).isEqualTo(200);
      var description = JSON.readTree(answer.body()).asObject().without("servers");
      return JSON.writeValueAsString(ordered("", description)).lines().toList();
    }
  }

  /** Fields stay as their records declare them, and examples as they are written. */
  private static JsonNode ordered(String name, JsonNode node) {
    if (node.isArray()) {
      var items = JSON.createArrayNode();
      node.forEach(item -> items.add(ordered("", item)));
      return items;
    }
    if (!node.isObject() || name.equals("example")) {
      return node;
    }
    Collection<String> names = node.propertyNames();
    var inOrder = JSON.createObjectNode();
    (name.equals("properties") ? names : new TreeSet<>(names))
        .forEach(field -> inOrder.set(field, ordered(field, node.get(field))));
    return inOrder;
  }
}
