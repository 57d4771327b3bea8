package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.simulator.Peer.answers;
import static topsongs.simulator.Peer.hangsUp;
import static topsongs.simulator.Peer.takesAll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a shell sees them: flags, output, exit codes. */
class SimulatorTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String[] TWO_HOURS = {
    "history", "--from=2026-11-20T12:00Z", "--to=2026-11-20T14:00Z", "--plays=3000", "--seed=5"
  };

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  @Test
  void history_sendsEveryPlay_andTellsTheTruth() throws Exception {
    try (var peer = new Peer(takesAll())) {
      assertThat(run(peer, TWO_HOURS, "--duplicates=0.1", "--truth=" + truth())).isZero();
      long sent = peer.bodies().stream().mapToLong(body -> body.lines().count()).sum();
      long distinct = peer.bodies().stream().flatMap(String::lines).distinct().count();
      assertThat(distinct).isEqualTo(3000);
      assertThat(sent).isBetween(3200L, 3400L);
      assertThat(out.toString()).contains("%,d sent, %,d accepted".formatted(sent, sent));
    }
    assertThat(Files.readAllLines(truth()))
        .anyMatch(line -> line.startsWith("{\"region\":\"GLOBAL\",\"granularity\":\"day\""));
  }

  @Test
  void rejectedPlays_areNotPartOfTheTruth() throws Exception {
    var rejection =
        "{\"accepted\":499,\"rejected\":1,\"rejections\":[{\"index\":0,\"problem\":{\"detail\":\"too old\"}}]}";
    try (var peer = new Peer(takesAll()).first(answers(202, rejection), answers(503, ""))) {
      assertThat(run(peer, TWO_HOURS, "--duplicates=0", "--too-short=0", "--truth=" + truth()))
          .isZero();
    }
    assertThat(out.toString()).contains("rejected 1: too old").contains("2,999 accepted");
    assertThat(chart(truthCharts(), "GLOBAL/day/2026-11-20T00:00:00Z").path("plays").asInt())
        .isLessThan(3000);
  }

  @Test
  void sameSeed_sendsTheSameBodies() throws Exception {
    try (var one = new Peer(takesAll());
        var other = new Peer(takesAll())) {
      run(one, TWO_HOURS);
      run(other, TWO_HOURS);
      assertThat(one.bodies()).containsExactlyInAnyOrderElementsOf(other.bodies());
    }
  }

  @Test
  void verify_findsNoDifference_whereThereIsNone() throws Exception {
    writeTruth();
    try (var serving = new Peer(serves(truthCharts()))) {
      assertThat(execute("verify", "--truth=" + truth(), "--serving=" + serving.url())).isZero();
    }
    assertThat(out.toString()).containsPattern("\\d+ charts, 0 differences");
  }

  @Test
  void verify_ofNoChartAtAll_isNoSuccess() throws Exception {
    writeTruth();
    assertThat(execute("verify", "--truth=" + truth(), "--before=2001-01-01T00:00:00Z"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("holds no chart that ended before");
  }

  @Test
  void verify_showsWhatIsWrongAndMissing() throws Exception {
    writeTruth();
    var charts = truthCharts();
    var world = chart(charts, "GLOBAL/hour/2026-11-20T13:00:00Z");
    ((ObjectNode) world.path("entries").path(0)).put("plays", 1);
    charts.remove("US/hour/2026-11-20T12:00:00Z");
    try (var serving = new Peer(serves(charts))) {
      assertThat(execute("verify", "--truth=" + truth(), "--serving=" + serving.url()))
          .isEqualTo(1);
    }
    assertThat(out.toString())
        .contains("GLOBAL hour 2026-11-20T13:00:00Z")
        .contains("position 1: expected Entry[position=1, rank=1,")
        .contains("expected a chart, got none")
        .containsPattern("\\d+ charts, 2 differences");
  }

  @Test
  void live_keepsItsPace_andTellsTheTruth() throws Exception {
    try (var peer = new Peer(takesAll()).first(hangsUp(), answers(503, "", "Retry-After", "0"))) {
      assertThat(
              execute(
                  "live",
                  "--rate=200",
                  "--for=2s",
                  "--late=0.1",
                  "--ingestion=" + peer.url(),
                  "--account=" + account(),
                  "--truth=" + truth()))
          .isZero();
      assertThat(account())
          .hasSize(87L * peer.bodies().stream().skip(2).flatMap(String::lines).count());
      long distinct = peer.bodies().stream().flatMap(String::lines).distinct().count();
      assertThat(distinct).isBetween(250L, 450L);
    }
    assertThat(truthCharts()).isNotEmpty();
  }

  @Test
  void verify_ofAStackThatIsAway_isExitCode1() throws Exception {
    writeTruth();
    String gone;
    try (var peer = new Peer(takesAll())) {
      gone = peer.url();
    }
    assertThat(execute("verify", "--truth=" + truth(), "--serving=" + gone)).isEqualTo(1);
    assertThat(out.toString()).contains("Cannot reach serving-api at " + gone);
  }

  @Test
  void verify_ofSomethingElse_namesTheLine() throws Exception {
    Files.writeString(truth(), "not a chart\n");
    assertThat(execute("verify", "--truth=" + truth())).isEqualTo(1);
    assertThat(out.toString()).contains("line 1 is not a chart");
  }

  @Test
  void wrongUsage_isExitCode2() {
    assertThat(execute("history", "--from=yesterday")).isEqualTo(2);
    assertThat(out.toString()).contains("must be an instant such as 2026-11-22T13:00Z");
    assertThat(execute("verify")).isEqualTo(2);
  }

  @Test
  void senselessRange_isExitCode1() {
    assertThat(execute("history", "--from=2026-11-20T12:00Z", "--to=2026-11-20T12:00Z"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("Cannot make history: --from must be before --to");
  }

  @Test
  void show_countsLanguages() {
    assertThat(execute("catalogue", "show")).isZero();
    assertThat(out.toString()).contains("languages: en ");
  }

  private void writeTruth() throws IOException {
    try (var peer = new Peer(takesAll())) {
      run(peer, TWO_HOURS, "--truth=" + truth());
    }
  }

  private Map<String, JsonNode> truthCharts() throws IOException {
    var charts = new HashMap<String, JsonNode>();
    for (String line : Files.readAllLines(truth())) {
      var chart = JSON.readTree(line);
      charts.put(
          "%s/%s/%s"
              .formatted(
                  chart.path("region").asText(),
                  chart.path("granularity").asText(),
                  chart.path("period_start").asText()),
          chart);
    }
    return charts;
  }

  private static JsonNode chart(Map<String, JsonNode> charts, String name) {
    return Objects.requireNonNull(charts.get(name));
  }

  /** Answers as serving-api words it: totals nested, songs nested. */
  private static Peer.Behaviour serves(Map<String, JsonNode> charts) {
    return (exchange, request) -> {
      var path = exchange.getRequestURI().getPath().split("/");
      var at = exchange.getRequestURI().getQuery().replaceAll("at=([^&]+)&limit=100", "$1");
      var chart = charts.get("%s/%s/%s".formatted(path[3], path[4], at));
      (chart == null ? answers(404, "") : answers(200, served(chart.deepCopy())))
          .answer(exchange, request);
    };
  }

  private static String served(ObjectNode chart) {
    var totals = chart.putObject("totals");
    List.of("plays", "listeners", "songs").forEach(name -> totals.set(name, chart.remove(name)));
    for (JsonNode entry : chart.path("entries")) {
      ((ObjectNode) entry).putObject("song").set("song_id", ((ObjectNode) entry).remove("song_id"));
    }
    return chart.toString();
  }

  private Path account() {
    return folder.resolve("account.csv");
  }

  private Path truth() {
    return folder.resolve("truth.jsonl");
  }

  private int run(Peer peer, String[] command, String... more) {
    var arguments = new String[command.length + more.length + 1];
    System.arraycopy(command, 0, arguments, 0, command.length);
    System.arraycopy(more, 0, arguments, command.length, more.length);
    arguments[arguments.length - 1] = "--ingestion=" + peer.url();
    return execute(arguments);
  }

  private int execute(String... arguments) {
    var writer = new PrintWriter(out, true);
    return Simulator.commandLine(Map.of(), writer, writer).execute(arguments);
  }
}
