package topsongs.simulator.recount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.simulator.Progress;
import topsongs.simulator.ServingApi;

/** Brings what serving-api answers into the tables. */
final class Served {
  private static final int PERIODS_OF_AN_ANSWER = 1_000;
  private static final int BALANCES_OF_AN_ANSWER = 10_000;
  private static final int CHARTS_AT_A_TIME = 200;

  private final ServingApi api;
  private final Tables tables;
  private final Path answers;

  /**
   * @param answers a file for answers on their way, written over again and again
   */
  Served(ServingApi api, Tables tables, Path answers) {
    this.api = api;
    this.tables = tables;
    this.answers = answers;
  }

  /** Every period of every region that has a chart. */
  void readPeriods() throws SQLException, IOException, InterruptedException {
    var lists = new ArrayList<Callable<List<JsonNode>>>();
    for (JsonNode region : answer("/v1/regions").path("regions")) {
      for (Granularity granularity : Granularity.values()) {
        lists.add(() -> periods(region.path("region").asText(), granularity.wireName()));
      }
    }
    load("served-periods", flat(Parallel.all(lists)));
  }

  /** The charts of table wanted_chart. */
  void readCharts(PrintWriter out) throws SQLException, IOException, InterruptedException {
    var charts =
        tables.rows(
            """
            SELECT region, granularity, rfc3339(period) FROM wanted_chart
            ORDER BY period, granularity, region""",
            row -> new Chart(row.getString(1), row.getString(2), row.getString(3)));
    try (var progress = new Progress(out, "read charts", charts.size())) {
      for (int from = 0; from < charts.size(); from += CHARTS_AT_A_TIME) {
        readCharts(
            charts.subList(from, Math.min(from + CHARTS_AT_A_TIME, charts.size())), progress);
      }
    }
  }

  /** The balances of the charts that are compared. */
  void readBalances() throws SQLException, IOException, InterruptedException {
    var lists =
        tables.rows(
            """
            SELECT region, granularity, rfc3339(min(period)), rfc3339(max(period) + INTERVAL 1 SECOND)
            FROM served_period SEMI JOIN compared USING (granularity, period)
            GROUP BY region, granularity ORDER BY ALL""",
            row ->
                balancesOf(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
    load("served-balances", flat(Parallel.all(lists)));
  }

  private record Chart(String region, String granularity, String start) {
    private String path() {
      return "/v1/charts/%s/%s?at=%s&limit=%d"
          .formatted(region, granularity, start, Lake.CHART_SIZE);
    }
  }

  private void readCharts(List<Chart> charts, Progress progress)
      throws SQLException, IOException, InterruptedException {
    var requests = new ArrayList<Callable<List<JsonNode>>>();
    for (Chart chart : charts) {
      requests.add(() -> api.get(chart.path()).map(List::of).orElse(List.of()));
    }
    load("served-charts", flat(Parallel.all(requests)));
    progress.step(charts.size());
  }

  private List<JsonNode> periods(String region, String granularity) throws InterruptedException {
    var path = "/v1/charts/%s/%s/periods".formatted(region, granularity);
    var all = new ArrayList<JsonNode>();
    @Nullable String before = null;
    int last;
    do {
      var page = answer(before == null ? path : path + "?to=" + before).path("periods");
      page.forEach(
          period ->
              all.add(((ObjectNode) period).put("region", region).put("granularity", granularity)));
      last = page.size();
      before = last == 0 ? null : page.path(last - 1).path("period_start").asText();
    } while (last == PERIODS_OF_AN_ANSWER);
    return all;
  }

  private Callable<List<JsonNode>> balancesOf(
      String region, String granularity, String from, String to) {
    return () -> balances(region, granularity, from, to);
  }

  private List<JsonNode> balances(String region, String granularity, String from, String to)
      throws InterruptedException {
    var all = new ArrayList<JsonNode>();
    var before = to;
    int last;
    do {
      var rows =
          answer(
                  "/v1/balance?region=%s&granularity=%s&from=%s&to=%s"
                      .formatted(region, granularity, from, before))
              .path("rows");
      rows.forEach(all::add);
      last = rows.size();
      before = rows.path(0).path("period_start").asText();
    } while (last == BALANCES_OF_AN_ANSWER);
    return all;
  }

  /** An empty object where serving-api knows nothing of it. */
  private JsonNode answer(String path) throws InterruptedException {
    return api.get(path).orElseGet(MissingNode::getInstance);
  }

  private void load(String script, List<JsonNode> rows) throws SQLException, IOException {
    if (!rows.isEmpty()) {
      Files.write(answers, (Iterable<String>) rows.stream().map(JsonNode::toString)::iterator);
      tables.set("answers", answers.toString());
      tables.run(script);
    }
  }

  private static <T> List<T> flat(List<List<T>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }
}
