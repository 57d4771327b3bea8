package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service says of itself lies in docs/openapi, because the dashboard's types are made of
 * it.
 */
class OpenApiTest {
  private static final Path COMMITTED =
      Path.of(System.getProperty("topsongs.root", ".."), "docs", "openapi", "serving-api.json");
  private static final String REWRITE =
      "mvn -pl contract,launcher,serving-api package -Dtest=OpenApiTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dtopsongs.openapi.write=true";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void committedDescription_isWhatTheServiceSays() throws IOException {
    var said = said();
    if (Boolean.getBoolean("topsongs.openapi.write")) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(COMMITTED, String.join("\n", said) + "\n");
    }
    var committed = Files.exists(COMMITTED) ? Files.readAllLines(COMMITTED) : List.<String>of();
    assertThat(committed.equals(said))
        .withFailMessage(
            "docs/openapi/serving-api.json is not what /v3/api-docs says, from line %d on. Rewrite it, and then"
                + " the dashboard's types (npm run types):%n%s",
            1 + firstDifference(committed, said), REWRITE)
        .isTrue();
  }

  private static int firstDifference(List<String> committed, List<String> said) {
    return IntStream.range(0, Math.min(committed.size(), said.size()))
        .filter(i -> !committed.get(i).equals(said.get(i)))
        .findFirst()
        .orElse(Math.min(committed.size(), said.size()));
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
