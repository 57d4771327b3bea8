package topsongs.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import topsongs.contract.Granularity;

@Command(
    name = "verify",
    description = {
      "Compares every chart of a truth file with what serving-api shows.",
      "For a stack that holds no other plays of those hours and days."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  simulator history --truth=truth.jsonl, then the jobs, then",
      "  simulator verify --truth=truth.jsonl",
      "",
      "Exit code: 0 no difference, 1 differences or serving-api away, 2 wrong usage."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PARALLEL = 4;
  private static final int SHOWN_CHARTS = 10;
  private static final int SHOWN_DIFFERENCES = 5;

  @Option(
      names = "--truth",
      required = true,
      paramLabel = "FILE",
      description = "Written by history or live.")
  Path truth = Path.of("truth.jsonl");

  @Option(
      names = "--before",
      paramLabel = "INSTANT",
      description = "Only charts of periods that ended by then, such as 2026-11-22T00:00:00Z.")
  Instant before = Instant.MAX;

  @Option(
      names = "--serving",
      paramLabel = "URL",
      description = "Default: TOP_SONGS_SERVING_URL, or http://127.0.0.1:8082")
  @Nullable String serving;

  private final Map<String, String> environment;
  private final PrintWriter out;

  VerifyCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    var charts = readTruth().stream().filter(this::hasEnded).toList();
    if (charts.isEmpty()) {
      throw new Failure("Cannot verify: no chart in %s ended before %s".formatted(truth, before));
    }
    var differences = compareAll(charts);
    int different = 0;
    for (int i = 0; i < charts.size(); i++) {
      if (!differences.get(i).isEmpty() && different++ < SHOWN_CHARTS) {
        show(charts.get(i), differences.get(i));
      }
    }
    out.printf(Locale.ROOT, "%,d charts, %,d differences%n", charts.size(), different);
    return different == 0 ? 0 : 1;
  }

  private boolean hasEnded(Chart chart) {
    var length = Granularity.of(chart.granularity()).length();
    return !Instant.parse(chart.periodStart()).plus(length).isAfter(before);
  }

  private List<List<String>> compareAll(List<Chart> charts) throws InterruptedException {
    var api = new ServingApi(url());
    var threads = Executors.newFixedThreadPool(PARALLEL);
    try (var progress = new Progress(out, "verify", charts.size())) {
      var comparisons = new ArrayList<Future<List<String>>>();
      charts.forEach(chart -> comparisons.add(threads.submit(() -> differences(chart, api))));
      var results = new ArrayList<List<String>>();
      for (var comparison : comparisons) {
        results.add(result(comparison));
        progress.step(1);
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Chart> readTruth() {
    var charts = new ArrayList<Chart>();
    try {
      for (String line : Files.readAllLines(truth)) {
        charts.add(JSON.readValue(line, Chart.class));
      }
    } catch (JsonProcessingException e) {
      throw new Failure(
          "Cannot read truth: %s line %d is not a chart: %s"
              .formatted(truth, charts.size() + 1, e.getOriginalMessage()));
    } catch (IOException e) {
      throw new Failure("Cannot read truth: %s".formatted(e));
    }
    return charts;
  }

  private void show(Chart chart, List<String> differences) {
    out.printf("%s %s %s%n", chart.region(), chart.granularity(), chart.periodStart());
    differences.stream().limit(SHOWN_DIFFERENCES).forEach(line -> out.println("  " + line));
    if (differences.size() > SHOWN_DIFFERENCES) {
      out.printf("  and %,d more%n", differences.size() - SHOWN_DIFFERENCES);
    }
  }

  private static List<String> differences(Chart expected, ServingApi api)
      throws InterruptedException {
    return api.chartLike(expected)
        .map(expected::differences)
        .orElseGet(() -> List.of("expected a chart, got none"));
  }

  private String url() {
    return serving == null
        ? environment.getOrDefault("TOP_SONGS_SERVING_URL", "http://127.0.0.1:8082")
        : serving;
  }

  private static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new Failure("Cannot verify: " + e.getCause());
    }
  }
}
