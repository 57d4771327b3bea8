package topsongs.simulator.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointTest {
  @Test
  void settingOfNothing_isNotSet() {
    var environment = Map.of("OPENAI_API_KEY", "k", "OPENAI_BASE_URL", "", "OPENAI_MODEL", " ");
    assertThat(Endpoint.of(environment, null))
        .isEqualTo(new Endpoint("https://api.openai.com/v1", "k", Endpoint.DEFAULT_MODEL));
  }
}
