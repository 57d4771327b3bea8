package topsongs.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BodyTest {
  @Test
  void bodyWithinItsLimitAndTime_isReadToItsEnd() throws IOException {
    assertThat(body(10, Duration.ofMinutes(1)).readAllBytes()).hasSize(10);
  }

  @Test
  void bodyBeyondItsLimit_is413() {
    assertThat(refusalOf(body(9, Duration.ofMinutes(1)))).isEqualTo(413);
  }

  @Test
  void bodyBeyondItsTime_is408HoweverSteadilyItComes() {
    assertThat(refusalOf(body(10, Duration.ZERO))).isEqualTo(408);
  }

  private static Body body(int limit, Duration patience) {
    return new Body(new ByteArrayInputStream(new byte[10]), limit, patience);
  }

  private static int refusalOf(Body body) {
    return catchThrowableOfType(Refusal.class, body::readAllBytes).getStatusCode().value();
  }
}
