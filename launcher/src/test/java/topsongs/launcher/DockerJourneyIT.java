package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import topsongs.contract.Topics;

/** The journey on {@code docker compose up}: from nothing, and again after every restart. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class DockerJourneyIT {
  private static final Path ROOT =
      Path.of(System.getProperty("topsongs.root", "..")).toAbsolutePath().normalize();
  private static final DockerStack STACK = new DockerStack(ROOT);

  /** Twice the time that is promised for two cores that have nothing else to do. */
  private static final Duration FIRST_CHART_WITHIN = Duration.ofMinutes(10);

  @BeforeAll
  static void upFromNothing() throws Exception {
    STACK.downWithItsData();
    var begun = Instant.now();
    STACK.up();
    System.out.printf("Healthy after %d s%n", secondsSince(begun));
    var path = "/v1/charts/GLOBAL/day?at=" + Journey.daysAgo(1);
    Awaitility.await("the first day's chart, through the dashboard")
        .atMost(FIRST_CHART_WITHIN)
        .until(() -> TopSongsApi.get(STACK.dashboard().resolve(path)).statusCode() == 200);
    System.out.printf("The first day's chart after %d s%n", secondsSince(begun));
    var runs = new DagRuns(STACK.airflow());
    assertThat(runs.end(DagRuns.BACKFILL, "first-history")).isEqualTo("success");
  }

  @AfterAll
  static void downWithNothingLeft() throws Exception {
    STACK.downWithItsData();
    assertThat(STACK.containers()).isEmpty();
  }

  @Nested
  @Order(1)
  class FromNothing extends PipelineJourney {
    FromNothing() {
      super(STACK);
    }

    /** The dashboard's own suite has run without Docker: here only what its server does. */
    @Test
    void dashboard_isServedWithItsApi_toARealBrowser() throws Exception {
      var served = "front page shows|table gives the numbers|unknown path answers 404";
      assertThat(Children.browse(STACK, "--grep=" + served)).isZero();
    }

    @Test
    void anyContainerKilledUnderLoad_healsByItself_andChartsEqualTheTruth() throws Exception {
      var day = daysAgo(10);
      var truth = folder.resolve("killed-containers.jsonl");
      var hour = day;
      for (var service : STACK.services()) {
        killUnderLoad(service, hour, truth);
        hour = hour.plus(1, ChronoUnit.HOURS);
      }
      stack.awaitStream();
      chartWhileItsPartsAreKilled(day, hour);
      verify(truth);
    }

    /** Each hour has a load of its own: only of charts of hours does it know the whole truth. */
    private void killUnderLoad(String service, Instant hour, Path truth) throws Exception {
      var begun = Instant.now();
      var ofHour = folder.resolve("killed-" + service + ".jsonl");
      long before = api.playsAccepted();
      var load = inBackground(() -> slowHistory(hour, ofHour));
      Awaitility.await("the load")
          .atMost(Duration.ofMinutes(1))
          .until(() -> api.playsAccepted() > before);
      assertThat(load.isDone()).as("%s killed in mid-load", service).isFalse();
      STACK.kill(service);
      assertThat(load.get(5, TimeUnit.MINUTES)).as("load while %s died", service).isZero();
      var hours = Files.readAllLines(ofHour).stream().filter(c -> c.contains("\"hour\"")).toList();
      Files.write(truth, hours, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      System.out.printf("%s killed and healthy again in %d s%n", service, secondsSince(begun));
    }

    /** One batch at a time, so that it goes on while the container dies. */
    private int slowHistory(Instant hour, Path truth) throws Exception {
      return stack.simulate(
          "history",
          "--from=" + hour,
          "--to=" + hour.plusSeconds(3600),
          "--plays=40000",
          "--parallel=1",
          "--seed=7",
          "--truth=" + truth);
    }

    /** Each job of a run meets the death of a part that it needs. */
    private void chartWhileItsPartsAreKilled(Instant from, Instant to) throws Exception {
      var runs = new DagRuns(stack.airflow());
      var range = Map.<String, Object>of("from", from.toString(), "to", to.toString());
      var run = runs.start(DagRuns.BACKFILL, range);
      runs.awaitTask(DagRuns.BACKFILL, run, "enrich", "running");
      STACK.kill("airflow-scheduler");
      runs.awaitTask(DagRuns.BACKFILL, run, "aggregate", "running");
      STACK.kill("spark-worker");
      runs.awaitTask(DagRuns.BACKFILL, run, "load", "running");
      STACK.kill("postgres");
      assertThat(runs.end(DagRuns.BACKFILL, run)).isEqualTo("success");
    }

    @Test
    void twoWorkers_shareAJob() throws Exception {
      scaleWorkers(2);
      try {
        var job = inBackground(() -> chartYesterday());
        Awaitility.await("a job whose tasks run on two workers")
            .atMost(Duration.ofMinutes(5))
            .until(() -> hostsOfRunningJob() == 2);
        assertThat(job.get(10, TimeUnit.MINUTES)).isZero();
      } finally {
        scaleWorkers(1);
      }
    }

    private int chartYesterday() throws Exception {
      stack.chart(daysAgo(1), daysAgo(0));
      return 0;
    }

    private void scaleWorkers(int workers) throws Exception {
      STACK.compose(
          "up",
          "--detach",
          "--wait",
          "--no-recreate",
          "--no-deps",
          "--scale=spark-worker=" + workers,
          "spark-worker");
    }

    /** On how many machines executors of the job that runs now have been given tasks. */
    private long hostsOfRunningJob() throws Exception {
      var ask =
          """
          cd /tmp; api=http://localhost:4040/api/v1/applications
          job=$(curl -sf $api | grep -o 'app-[0-9]*-[0-9]*' | head -n 1)
          curl -sf $api/$job/allexecutors || echo '[]'
          """;
      var executors = STACK.compose("exec", "-T", "airflow-scheduler", "bash", "-c", ask);
      return StreamSupport.stream(TopSongsApi.json(executors).spliterator(), false)
          .filter(executor -> !executor.path("id").asText().equals("driver"))
          .filter(executor -> executor.path("totalTasks").asInt() > 0)
          .map(executor -> executor.path("hostPort").asText().replaceAll(":.*", ""))
          .distinct()
          .count();
    }
  }

  /** All services at once, as an operator does; one by one, each was killed before. */
  @Nested
  @Order(2)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  class AfterRestarts {
    private final TopSongsApi api = new TopSongsApi(STACK);
    private Kept before = new Kept(Map.of(), 0, 0);

    /** What a restart must not change, and of what there may only be more. */
    private record Kept(Map<String, String> charts, long plays, int objects) {}

    @BeforeAll
    void restartEveryService() throws Exception {
      before = kept();
      var services = STACK.services();
      STACK.restart(services);
      for (var service : services) {
        STACK.awaitHealthy(service);
      }
    }

    @Test
    @Order(1)
    void everyChartIsAsBefore_andNoPlayIsGone() throws Exception {
      assertNothingIsLost();
    }

    @Test
    @Order(2)
    void newPlays_areChartedAsTheyWereSent(@TempDir Path folder) throws Exception {
      var hour = Journey.daysAgo(11).plus(4, ChronoUnit.HOURS);
      var end = hour.plus(1, ChronoUnit.HOURS);
      var truth = folder.resolve("after-restarts.jsonl");
      assertThat(Journey.history(STACK, hour, end, 20_000, truth)).isZero();
      STACK.awaitStream();
      STACK.chart(hour, end);
      assertThat(STACK.simulate("verify", "--truth=" + truth)).isZero();
    }

    @Test
    @Order(3)
    void downAndUpAgain_losesNothing() throws Exception {
      before = kept();
      STACK.down();
      assertThat(STACK.containers()).isEmpty();
      STACK.up();
      assertNothingIsLost();
    }

    private void assertNothingIsLost() throws Exception {
      var now = kept();
      assertThat(now.charts()).isEqualTo(before.charts());
      assertThat(now.plays()).isGreaterThanOrEqualTo(before.plays());
      assertThat(now.objects()).isGreaterThanOrEqualTo(before.objects());
    }

    private Kept kept() throws Exception {
      return new Kept(charts(), playsInKafka(), new LakeObjects(STACK.lake()).plays().size());
    }

    /** The answers for the days of all tests and their hours, byte for byte. */
    private Map<String, String> charts() throws Exception {
      var charts = new TreeMap<String, String>();
      for (var at = Journey.daysAgo(12);
          at.isBefore(Journey.daysAgo(1));
          at = at.plus(1, ChronoUnit.HOURS)) {
        for (var granularity : List.of("hour", "day")) {
          var chart = "/v1/charts/GLOBAL/%s?limit=100&at=%s".formatted(granularity, at);
          charts.put(chart, api.get(chart).body());
        }
      }
      return charts;
    }

    private long playsInKafka() throws Exception {
      try (var admin = Admin.create(Map.of("bootstrap.servers", STACK.kafka()))) {
        var ends =
            IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.PLAYS, partition))
                .collect(Collectors.toMap(partition -> partition, p -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
            .mapToLong(end -> end.offset())
            .sum();
      }
    }
  }

  private static long secondsSince(Instant begun) {
    return Duration.between(begun, Instant.now()).toSeconds();
  }
}
