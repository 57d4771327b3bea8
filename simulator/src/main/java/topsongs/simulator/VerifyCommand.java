package topsongs.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topsongs.contract.Granularity;
import topsongs.simulator.recount.Account;
import topsongs.simulator.recount.Recount;

@Command(
    name = "verify",
    description = {
      "Compares every chart with a truth file, or with the lake's plays counted again.",
      "A truth file (--truth) says what was sent; --all, or --from and --to, count the raw plays again.",
      "A truth file is for a stack that holds no other plays of those hours and days."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  simulator history --truth=truth.jsonl, then the jobs, then",
      "  simulator verify --truth=truth.jsonl              # are they what was sent?",
      "  simulator verify --all                            # are they what the lake holds?",
      "  simulator verify --from=2026-11-22T00:00Z --to=2026-11-23T00:00Z   # only of this day",
      "  simulator verify --all --truth=truth.jsonl        # both",
      "  simulator verify --account=account.csv            # is each acknowledged play counted, once?",
      "",
      "A recount compares every row, movement column and balance of every region, hour and day.",
      "It reads all plays up to --to, a day at a time, because movement looks back; it takes 1 GB",
      "of memory and, in the folder for temporary files, the room of the largest day.",
      "The catalogue is read as it is now: charts made with another one may differ. Their unknown_song,",
      "as of when they were counted, is then a note and no difference.",
      "",
      "Reads TOP_SONGS_S3_ENDPOINT, TOP_SONGS_S3_ACCESS_KEY, TOP_SONGS_S3_SECRET_KEY, TOP_SONGS_LAKE.",
      "",
      "Exit code: 0 no difference, 1 differences or serving-api away, 2 wrong usage."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
  private static final int PARALLEL = 4;
  private static final int SHOWN_CHARTS = 10;
  private static final int SHOWN_DIFFERENCES = 5;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Written by history, live, scenario or replay.")
  @Nullable Path truth;

  @Option(
      names = "--account",
      paramLabel = "FILE",
      description =
          "Look for each acknowledged play in the lake, of whatever period; may be repeated. The stack must hold no other plays.")
  List<Path> accounts = new ArrayList<>();

  @Option(
      names = "--differences",
      paramLabel = "FILE",
      description =
          "With --account: event_id,played_at,acknowledged_at,lost,twice,never_acknowledged of those that differ.")
  @Nullable Path differences;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "Recount every period that has a part after it, such as 2026-11-22T13:00Z.")
  @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "INSTANT",
      description = "Recount every period that has a part before it.")
  @Nullable Instant to;

  @Option(names = "--all", description = "Recount everything that serving-api has.")
  boolean all;

  @Option(
      names = "--provisional",
      description = "Recount also periods that run or are provisional; else they are skipped.")
  boolean provisional;

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

  @Spec CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;
  private final PrintWriter out;

  VerifyCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireSomething();
    boolean agrees = truth == null || agreesWith(truth);
    if (!accounts.isEmpty()) {
      agrees &= new Account(environment, out).agrees(accounts, differences);
    }
    if (all || from != null) {
      agrees &=
          new Recount(environment, new ServingApi(url()), out, Clock.systemUTC()).agrees(scope());
    }
    return agrees ? 0 : 1;
  }

  private void requireSomething() {
    if (all ? from != null || to != null : (from == null) != (to == null)) {
      throw new ParameterException(
          spec.commandLine(), "Give --from and --to together, or --all instead");
    }
    if (differences != null && accounts.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--differences are those of --account=FILE: give that, too");
    }
    if (truth == null && accounts.isEmpty() && !all && from == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Nothing to verify: give --truth=FILE, --account=FILE, --from and --to, or --all");
    }
  }

  private Recount.Scope scope() {
    return new Recount.Scope(
        from == null ? EARLIEST : from,
        to == null ? LATEST : to,
        before.isBefore(LATEST) ? before : LATEST,
        provisional);
  }

  private boolean agreesWith(Path truth) throws InterruptedException {
    var charts = readTruth(truth).stream().filter(this::hasEnded).toList();
    if (charts.isEmpty()) {
      throw new Failure(
          "Cannot verify: %s holds no chart%s"
              .formatted(truth, before == Instant.MAX ? "" : " that ended before " + before));
    }
    var differences = compareAll(charts);
    int different = 0;
    for (int i = 0; i < charts.size(); i++) {
      if (!differences.get(i).isEmpty() && different++ < SHOWN_CHARTS) {
        show(charts.get(i), differences.get(i));
      }
    }
    out.printf(Locale.ROOT, "%,d charts, %,d differences%n", charts.size(), different);
    return different == 0;
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

  private static List<Chart> readTruth(Path truth) {
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
