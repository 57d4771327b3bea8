package topsongs.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topsongs.contract.ApiDescription;

/** What the service says of itself lies in docs/openapi, for whoever writes a client. */
class OpenApiTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void committedDescription_isWhatTheServiceSays() throws IOException {
    try (var api = Api.start(Api.NOBODY)) {
      var answer = api.get("/v3/api-docs");
      assertThat(answer.statusCode()).isEqualTo(200);
      var description = JSON.readTree(answer.body()).asObject().without("servers");
      var said = JSON.writeValueAsString(description).lines().toList();
      ApiDescription.assertCommitted("ingestion-api", OpenApiTest.class, said);
    }
  }
}
