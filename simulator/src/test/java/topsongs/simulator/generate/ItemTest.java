package topsongs.simulator.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ItemTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void text_isMeasuredInCharacters_notInPairs() {
    assertThat(item("'🎺🎺🎺'").text("x", 3)).isEqualTo("🎺🎺🎺");
    refused(() -> item("'🎺🎺🎺🎺'").text("x", 3), "x must be a text of 1 to 3 characters");
  }

  @Test
  void text_isTextThatCanBeSeen() {
    refused(() -> item("'a\\u0007b'").text("x", 9), "x must be a text");
    refused(() -> item("'a\\ud83cb'").text("x", 9), "x must be a text");
    refused(() -> item("' '").text("x", 9), "got \" \"");
    refused(() -> item("7").text("x", 9), "got 7");
    refused(() -> item("null").text("x", 9), "got null");
  }

  @Test
  void integer_isWholeAndWithinItsBounds() {
    assertThat(item("180000.0").integer("x", 1, 600_000)).isEqualTo(180_000);
    refused(() -> item("1.5").integer("x", 1, 9), "x must be a whole number from 1 to 9, got 1.5");
    refused(() -> item("1e300").integer("x", 1, 9), "got 1");
    refused(() -> item("'3'").integer("x", 1, 9), "got \"3\"");
  }

  @Test
  void date_isADayThatExists() {
    var first = LocalDate.of(2000, 1, 1);
    var last = LocalDate.of(2026, 12, 31);
    assertThat(item("'2024-02-29'").date("x", first, last)).isEqualTo("2024-02-29");
    refused(() -> item("'2023-02-29'").date("x", first, last), "must be a day YYYY-MM-DD from");
    refused(() -> item("'1999-12-31'").date("x", first, last), "got \"1999-12-31\"");
    refused(() -> item("'soon'").date("x", first, last), "got \"soon\"");
  }

  @Test
  void nameAndTimeOfWeek_areOnesWeKnow() {
    assertThat(item("'SAMBA '").oneOf(List.of("fado", "samba"), "x")).isEqualTo("samba");
    refused(() -> item("'polka'").oneOf(List.of("fado"), "x"), "must be one of those given");
    assertThat(item("'fri 18:00'").timeOfWeek("x")).isEqualTo("FRI 18:00");
    refused(() -> item("'FRI 24:00'").timeOfWeek("x"), "must be a time of the week");
  }

  private static void refused(ThrowingCallable check, String reason) {
    assertThatThrownBy(check)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  private static Item item(String value) {
    try {
      return new Item(JSON.readTree("{\"x\":%s}".formatted(value.replace('\'', '"'))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
