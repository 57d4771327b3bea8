package topsongs.simulator.recount;

import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers as serving-api does, with the charts of a text. A chart is a line {@code REGION
 * GRANULARITY PERIOD_START STATUS [RULES] | plays listeners songs | balance}, then a line for each
 * entry: {@code position rank tied song_id plays listeners share previous_rank movement peak_rank
 * periods_on_chart streak}. A dash is null.
 */
final class ServedCharts implements AutoCloseable {
  private final HttpServer server;
  private final List<Chart> charts;
  private final Map<String, String> computedAt;

  /**
   * @param computedAt of charts of a granularity, where it is not {@code 2026-11-21T00:01:00Z}
   */
  ServedCharts(String text, Map<String, String> computedAt) throws IOException {
    charts = charts(text);
    this.computedAt = computedAt;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private record Chart(
      String region,
      String granularity,
      String start,
      String status,
      String rules,
      String[] totals,
      String[] balance,
      List<String[]> entries) {

    private String json(Map<String, String> computedAt) {
      return """
          {"region":"%s","region_name":"Somewhere","granularity":"%s","period_start":"%s","period_end":"-",
          "status":"%s","revision":1,"computed_at":"%s","rules_version":"%s",
          "totals":{"plays":%s,"listeners":%s,"songs":%s},"balance":{%s},
          "previous_period":null,"next_period":null,"entries":[%s],"number_one_history":[],"left":[]}"""
          .formatted(
              region,
              granularity,
              start,
              status,
              computedAt.getOrDefault(granularity, "2026-11-21T00:01:00Z"),
              rules,
              totals[0],
              totals[1],
              totals[2],
              balanceFields(),
              entries.stream().map(Chart::entry).collect(joining(",")));
    }

    private static String entry(String[] entry) {
      return """
          {"position":%s,"rank":%s,"tied":%s,
          "song":{"song_id":"%s","title":null,"artist":null,"album":null,"genre":null,"duration_ms":null,"release_date":null},
          "plays":%s,"listeners":%s,"share":%s,"previous_rank":%s,"previous_plays":null,"movement":"%s",
          "peak_rank":%s,"periods_on_chart":%s,"streak":%s}"""
          .formatted((Object[]) entry);
    }

    private String period() {
      return "{\"period_start\":\"%s\",\"status\":\"%s\",\"revision\":1}".formatted(start, status);
    }

    private String balanceRow() {
      return "{\"period_start\":\"%s\",\"region\":\"%s\",\"granularity\":\"%s\",\"status\":\"%s\",%s}"
          .formatted(start, region, granularity, status, balanceFields());
    }

    /** An answer from before anything could be excluded does not say so. */
    private String balanceFields() {
      var names =
          balance.length == 7
              ? "received counted duplicate too_short over_cap rejected unknown_song"
              : "received counted duplicate too_short over_cap excluded rejected unknown_song";
      var fields = names.split(" ");
      return IntStream.range(0, fields.length)
          .mapToObj(i -> "\"%s\":%s".formatted(fields[i], balance[i]))
          .collect(joining(","));
    }
  }

  private static List<Chart> charts(String text) {
    var charts = new ArrayList<Chart>();
    for (String line : text.lines().map(String::trim).filter(l -> !l.isEmpty()).toList()) {
      if (line.contains("|")) {
        charts.add(chart(line.split("\\s*\\|\\s*")));
      } else {
        charts.get(charts.size() - 1).entries().add(words(line));
      }
    }
    return charts;
  }

  private static Chart chart(String[] parts) {
    var name = words(parts[0]);
    return new Chart(
        name[0],
        name[1],
        name[2],
        name[3],
        name.length > 4 ? name[4] : "1",
        words(parts[1]),
        words(parts[2]),
        new ArrayList<>());
  }

  private static String[] words(String line) {
    var words = line.split("\\s+");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("-") ? "null" : words[i];
    }
    return words;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer = answer(exchange);
      var body = answer.orElse("{}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Optional<String> answer(HttpExchange exchange) {
    var path = exchange.getRequestURI().getPath().split("/");
    var query = query(exchange);
    return switch (path[2]) {
      case "regions" -> Optional.of(regions());
      case "balance" ->
          Optional.of(
              list(
                  "rows", query.get("region"), query.get("granularity"), query, Chart::balanceRow));
      default ->
          path.length == 6
              ? Optional.of(list("periods", path[3], path[4], query, Chart::period))
              : of(path[3], path[4])
                  .filter(c -> c.start().equals(query.get("at")))
                  .map(chart -> chart.json(computedAt))
                  .findFirst();
    };
  }

  private String regions() {
    return charts.stream()
        .map(Chart::region)
        .distinct()
        .map(
            region ->
                "{\"region\":\"%s\",\"name\":\"Somewhere\",\"latest_hour\":null,\"latest_day\":null}"
                    .formatted(region))
        .collect(joining(",", "{\"regions\":[", "]}"));
  }

  private Stream<Chart> of(@Nullable String region, @Nullable String granularity) {
    return charts.stream()
        .filter(c -> c.region().equals(region) && c.granularity().equals(granularity));
  }

  private static Map<String, String> query(HttpExchange exchange) {
    var fields = new HashMap<String, String>();
    var query = exchange.getRequestURI().getQuery();
    for (String field : query == null ? new String[0] : query.split("&")) {
      fields.put(field.split("=")[0], field.split("=")[1]);
    }
    return fields;
  }

  private String list(
      String name,
      @Nullable String region,
      @Nullable String granularity,
      Map<String, String> query,
      Function<Chart, String> json) {
    var order = Comparator.comparing(Chart::start);
    return of(region, granularity)
        .filter(c -> c.start().compareTo(query.getOrDefault("from", "")) >= 0)
        .filter(c -> c.start().compareTo(query.getOrDefault("to", "9")) < 0)
        .sorted(name.equals("periods") ? order.reversed() : order)
        .map(json)
        .collect(joining(",", "{\"" + name + "\":[", "]}"));
  }
}
