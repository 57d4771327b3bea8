package topsongs.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** What a service says of itself as OpenAPI, and what of that lies in docs/openapi. */
public final class ApiDescription {
  private ApiDescription() {}

  /**
   * Fails where the two differ; with {@code -Dtopsongs.openapi.write=true} writes it first.
   *
   * @param room whose description it is, such as serving-api
   * @param test that calls this
   * @param said in lines, without the address it was asked at
   */
  public static void assertCommitted(String room, Class<?> test, List<String> said)
      throws IOException {
    var file =
        Path.of(System.getProperty("topsongs.root", ".."), "docs", "openapi", room + ".json");
    if (Boolean.getBoolean("topsongs.openapi.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, String.join("\n", said) + "\n");
    }
    var committed = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
    assertThat(committed.equals(said))
        .withFailMessage(
            "docs/openapi/%s.json is not what /v3/api-docs says, from line %d on. Rewrite it (and, of"
                + " serving-api, then the dashboard's types: npm run types):%n"
                + "mvn -pl contract,launcher,%s package -Dtest=%s"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dtopsongs.openapi.write=true",
            room, 1 + firstDifference(committed, said), room, test.getSimpleName())
        .isTrue();
  }

  private static int firstDifference(List<String> committed, List<String> said) {
    return IntStream.range(0, Math.min(committed.size(), said.size()))
        .filter(i -> !committed.get(i).equals(said.get(i)))
        .findFirst()
        .orElse(Math.min(committed.size(), said.size()));
  }
}
