package topsongs.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import topsongs.contract.Lake;

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
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 6;
  private static final long FIRST_WAIT = 200;

  @Option(
      names = "--truth",
      required = true,
      paramLabel = "FILE",
      description = "Written by history or live.")
  Path truth = Path.of("truth.jsonl");

  @Option(
      names = "--serving",
      paramLabel = "URL",
      description = "Default: TOP_SONGS_SERVING_URL, or http://127.0.0.1:8082")
  @Nullable String serving;

  private final Map<String, String> environment;
  private final PrintWriter out;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  VerifyCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    var charts = readTruth();
    long different = 0;
    var threads = Executors.newFixedThreadPool(PARALLEL);
    try (var progress = new Progress(out, "verify", charts.size())) {
      var comparisons = new ArrayList<Future<List<String>>>();
      charts.forEach(chart -> comparisons.add(threads.submit(() -> differences(chart))));
      for (int i = 0; i < charts.size(); i++) {
        var differences = result(comparisons.get(i));
        different += differences.isEmpty() ? 0 : 1;
        if (!differences.isEmpty() && different <= SHOWN_CHARTS) {
          show(charts.get(i), differences);
        }
        progress.step(1);
      }
    } finally {
      threads.shutdownNow();
    }
    out.printf(Locale.ROOT, "%,d charts, %,d differences%n", charts.size(), different);
    return different == 0 ? 0 : 1;
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

  private List<String> differences(Chart expected) throws IOException, InterruptedException {
    var response = get(expected);
    return response.statusCode() == 200
        ? expected.differences(Chart.served(JSON.readTree(response.body())))
        : List.of("expected a chart, got " + response.statusCode());
  }

  private HttpResponse<byte[]> get(Chart chart) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s/v1/charts/%s/%s?at=%s&limit=%d"
                        .formatted(
                            url(),
                            chart.region(),
                            chart.granularity(),
                            chart.periodStart(),
                            Lake.CHART_SIZE)))
            .timeout(ANSWER)
            .header("Accept", "application/json")
            .build();
    for (int attempt = 1; ; attempt++) {
      String problem;
      try {
        var response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() < 500) {
          return response;
        }
        problem = "it answers " + response.statusCode();
      } catch (IOException e) {
        problem = IngestionApi.reason(e);
      }
      if (attempt == ATTEMPTS) {
        throw new Failure(
            "Cannot reach serving-api at %s: %s; is the stack up? ./top-songs up"
                .formatted(url(), problem));
      }
      Thread.sleep(FIRST_WAIT << attempt);
    }
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
