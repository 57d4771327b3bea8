package topsongs.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Answers of a server that speaks OpenAI's chat completions, well and badly. */
final class ModelAnswers {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern NUMBERS = Pattern.compile("with these numbers: ([\\d, ]+)");
  private static final long A_BYTE_IN = 20_000_000;

  private final AtomicInteger written = new AtomicInteger();

  /** Writes what it is asked for, each title another. */
  Peer.Behaviour writes() {
    return spoilt(items -> {});
  }

  /** Writes, and then spoils what it wrote. */
  Peer.Behaviour spoilt(Consumer<ArrayNode> spoil) {
    return (exchange, request) -> {
      var items = items(request);
      spoil.accept(items);
      completion(JSON.createObjectNode().set("items", items).toString(), "stop")
          .answer(exchange, request);
    };
  }

  /** Breaks off in the middle of an item. */
  Peer.Behaviour breaksOffAfter(int items) {
    return (exchange, request) -> {
      var all = items(request);
      var text = new StringBuilder("{\"items\":[");
      for (int i = 0; i < items; i++) {
        text.append(all.get(i)).append(',');
      }
      completion(text + "{\"number\":1,\"tit", "length").answer(exchange, request);
    };
  }

  /** Sends the head of an answer, and then a blank now and then. */
  static Peer.Behaviour drips() {
    return (exchange, request) -> {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      try (var body = exchange.getResponseBody()) {
        for (int i = 0; i < 1_000; i++) {
          body.write(' ');
          body.flush();
          LockSupport.parkNanos(A_BYTE_IN);
        }
      } catch (IOException e) {
        // The client has hung up, as it should.
      }
    };
  }

  static Peer.Behaviour refuses(int status, String message, String... headers) {
    var error = JSON.createObjectNode();
    error.putObject("error").put("message", message);
    return Peer.answers(status, error.toString(), headers);
  }

  static Peer.Behaviour completion(String text, String finishReason) {
    var completion = JSON.createObjectNode().put("id", "c-1").put("model", "m").put("created", 1);
    var choice = completion.putArray("choices").addObject().put("index", 0);
    choice.put("finish_reason", finishReason);
    choice.putObject("message").put("role", "assistant").put("content", text);
    completion
        .putObject("usage")
        .put("prompt_tokens", 500)
        .put("completion_tokens", 300)
        .put("total_tokens", 800);
    return Peer.answers(200, completion.toString(), "Content-Type", "application/json");
  }

  /** What the model is asked, without the instructions. */
  static String asked(String request) {
    return read(request).at("/messages/1/content").asText();
  }

  static List<Integer> numbers(String request) {
    var match = NUMBERS.matcher(asked(request));
    var numbers = new ArrayList<Integer>();
    if (match.find()) {
      for (String number : match.group(1).split(", ")) {
        numbers.add(Integer.valueOf(number.strip()));
      }
    }
    return numbers;
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private ArrayNode items(String request) {
    var format = read(request).at("/response_format/json_schema");
    var items = JSON.createArrayNode();
    for (int number : numbers(request)) {
      var item = items.addObject().put("number", number);
      switch (format.path("name").asText()) {
        case "songs" -> song(item, format.at("/schema/properties/items/items/properties"));
        case "tastes" -> taste(item, line(request, number));
        default -> trend(item, line(request, number));
      }
    }
    return items;
  }

  private void song(ObjectNode item, JsonNode properties) {
    int n = written.incrementAndGet();
    item.put("title", "Título número " + n)
        .put("artist", "Artista " + n % 7)
        .put("album", "Álbum")
        .put("genre", "samba")
        .put("duration_ms", 180_000 + n)
        .put("release_date", "2024-03-09")
        .put("language", properties.at("/language/enum/0").asText());
  }

  private static void taste(ObjectNode item, String line) {
    item.put("region", line.substring(0, 2)).put("genre", "fado").put("factor", 1.6);
    item.put("story", "They hum it.");
  }

  private static void trend(ObjectNode item, String line) {
    item.put("region", line.substring(0, 2)).put("song_id", line.split(" ")[1]);
    item.put("from", "FRI 18:00").put("to", "SUN 23:00").put("factor", 8);
    item.put("story", "A dance goes round.");
  }

  private static String line(String request, int number) {
    var start = number + ". ";
    return asked(request)
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow()
        .substring(start.length());
  }
}
