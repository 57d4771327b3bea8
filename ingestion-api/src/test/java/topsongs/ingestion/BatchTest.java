package topsongs.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static topsongs.ingestion.Plays.anaPlaysHalo;
import static topsongs.ingestion.Plays.batch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  private final InFlight inFlight = new InFlight();

  @Test
  void badItems_loseNoneOfTheGoodOnes() {
    var unknownRegion = anaPlaysHalo(Map.of("region", "XQ"));
    var giant = anaPlaysHalo(Map.of("title", "x".repeat(100_000)));
    var deep = anaPlaysHalo(Map.of("x", nested(400)));
    var batch =
        ofJson(batch(anaPlaysHalo(), "5", unknownRegion, giant, deep, "[[1]]", anaPlaysHalo()));

    assertThat(batch.plays()).hasSize(2);
    assertThat(batch.rejections())
        .extracting(r -> r.index() + ": " + r.problem().detail())
        .containsExactly(
            "1: A play must be a JSON object, got '5'",
            "2: region must be an ISO 3166-1 alpha-2 code such as CA, got 'XQ'",
            "3: A play must be at most 10 KiB of JSON",
            "4: A play must not be nested deeper than 64 levels",
            "5: A play must be a JSON object, got an array");
    assertThat(batch.rejections().get(1).eventId()).isEqualTo(Plays.eventId(unknownRegion));
  }

  @Test
  void giantNumberAndGiantString_costOnlyTheirItem() {
    var number = "{\"ms_played\": %s}".formatted("9".repeat(20_000));
    var string = "{\"event_id\": \"%s\"}".formatted("x".repeat(1_000_000));

    assertThat(ofJson(batch(number, string, anaPlaysHalo())).plays()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {600, 9_000, 1_000_000})
  void hugeFieldName_costsOnlyItsItem(int length) {
    var huge = anaPlaysHalo(Map.of("x".repeat(length), 1));
    var batch = ofJson(batch(huge, anaPlaysHalo()));

    assertThat(batch.plays()).hasSize(1);
    assertThat(batch.rejections())
        .singleElement()
        .extracting(r -> r.problem().detail())
        .isEqualTo(
            length < PlayDraft.MAX_BYTES
                ? "A field's name must be at most 512 bytes long"
                : "A play must be at most 10 KiB of JSON");
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 4_000, 1_000_000})
  void deepNesting_costsOnlyItsItem(int depth) {
    var deep = "[".repeat(depth) + "]".repeat(depth);
    var batch = ofJson(batch("{\"x\": %s}".formatted(deep), anaPlaysHalo()));

    assertThat(batch.plays()).hasSize(1);
    assertThat(batch.rejections()).hasSize(1);
  }

  @Test
  void brokenItem_costsOnlyItself() {
    var broken =
        List.of("{'user_id': 1}", "{\"a\": NaN}", "{} {}", "nothing", "{\"a\": \"]}\\\"\", 1}");
    var batch = ofJson(batch(String.join(", ", broken), anaPlaysHalo()));

    assertThat(batch.plays()).hasSize(1);
    assertThat(batch.rejections()).hasSize(5);
  }

  @Test
  void fieldsBesideThePlays_areIgnored() {
    var json = "{\"a\": \"}]\\\"\", \"b\": [{\"plays\": 1}], \"plays\" :\n[%s] , \"c\":{}}\n";

    assertThat(ofJson(json.formatted(anaPlaysHalo())).plays()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user_id", "event_id", "ms_played", "title", "plays"})
  void elevenMegabytesInOneField_areNotHeld(String field) {
    byte[] body =
        "{\"plays\": [{\"%s\": \"%s\"}]}".formatted(field, "x".repeat(11_000_000)).getBytes(UTF_8);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    ofJson(batch(anaPlaysHalo()));

    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(ofJson(body).rejections()).hasSize(1);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                          | The body must be an object",
        "{}                          | plays is missing",
        "{\"plays\": null}           | plays must be an array",
        "{\"plays\": [], \"plays\": []} | plays is given twice",
        "{\"plays\": []} {}          | The JSON goes on after its end",
        "{\"plays\": [}              | The JSON cannot be read: a value expected, got '}'",
        "{\"plays\": [{},]}          | The JSON cannot be read: a value expected, got ']'",
        "{\"plays\": [{} }           | The JSON cannot be read: ] expected, got '}'",
        "{\"plays\": [{\"a\": \"     | The JSON cannot be read: more expected, got its end",
        "{\"plays\": []              | The JSON cannot be read: } expected, got its end",
        "{\"plays\": [],}            | The JSON cannot be read: \" expected, got '}'",
        "{\"plays\" []}              | The JSON cannot be read: : expected, got '['",
        "''                          | The body is empty",
      })
  void whatIsNoBatch_isRefusedAsAWhole(String json, String detail) {
    assertThat(catchThrowableOfType(Refusal.class, () -> ofJson(json)).getBody().getDetail())
        .startsWith(detail);
  }

  @Test
  void moreThanAThousand_areTooMany() {
    var plays = Collections.nCopies(1_001, "{}").toArray(String[]::new);

    assertThat(catchThrowableOfType(Refusal.class, () -> ofJson(batch(plays))))
        .extracting(r -> r.getStatusCode().value())
        .isEqualTo(413);
  }

  @Test
  void badLines_loseNoneOfTheGoodOnes() {
    var giant = anaPlaysHalo(Map.of("title", "x".repeat(100_000)));
    var lines =
        List.of(anaPlaysHalo(), "{\"broken", "", anaPlaysHalo() + "\r", giant, "\"x\"", "{} {}");
    var batch = ofLines(String.join("\n", lines));

    assertThat(batch.plays()).hasSize(2);
    assertThat(batch.rejections()).extracting(Batch.Rejection::index).containsExactly(1, 3, 4, 5);
  }

  @Test
  void bodyOfBlankLines_isEmpty() {
    assertThat(
            catchThrowableOfType(Refusal.class, () -> ofLines("\n \r\n\n")).getBody().getDetail())
        .isEqualTo("The body is empty");
  }

  @Test
  void playsBeyondTheLimitInFlight_areRefusedUntilOthersAreDone() {
    var ticket = inFlight.enter();
    for (int i = 0; i < InFlight.MAX_PLAYS; i++) {
      ticket.holdPlay();
    }

    assertThat(catchThrowableOfType(Refusal.class, () -> ofJson(batch(anaPlaysHalo()))))
        .extracting(r -> r.getHeaders().getFirst("Retry-After"))
        .isEqualTo("5");
    ticket.close();
    assertThat(ofJson(batch(anaPlaysHalo())).plays()).hasSize(1);
  }

  private Batch ofJson(String json) {
    return ofJson(json.getBytes(UTF_8));
  }

  private Batch ofJson(byte[] json) {
    try (var ticket = inFlight.enter()) {
      return Batch.ofJson(new ByteArrayInputStream(json), Instant.now(), ticket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Batch ofLines(String lines) {
    try (var ticket = inFlight.enter()) {
      return Batch.ofLines(new ByteArrayInputStream(lines.getBytes(UTF_8)), Instant.now(), ticket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object nested(int depth) {
    Object value = "x";
    for (int i = 0; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }
}
