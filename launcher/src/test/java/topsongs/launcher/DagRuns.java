package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Runs DAGs by hand, as a person does in Airflow's UI, and looks at how they went. */
final class DagRuns {
  static final String HOURLY = "top_songs_hourly";
  static final String DAILY = "top_songs_daily";
  static final String BACKFILL = "top_songs_backfill";
  static final String RESTATE = "top_songs_restate";
  static final String AUDIT = "top_songs_audit";
  static final String MAINTENANCE = "lake_maintenance";

  private static final int LAST_LINES = 5;
  private static final int HOUR_MS = 3_600_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Those that a schedule starts once for each period. */
  private static final Set<String> CLOSING = Set.of(HOURLY, DAILY);

  private static final Set<String> SPARK_JOBS = Set.of("enrich", "aggregate", "load");

  private final AirflowApi airflow;

  DagRuns(AirflowApi airflow) {
    this.airflow = airflow;
  }

  /** Starts a run of a DAG that charts a data interval, also one that a run had before. */
  String start(String dag, Instant from, Instant to) throws Exception {
    var asked = new HashMap<String, @Nullable Object>();
    var unlikeOthers = ThreadLocalRandom.current().nextInt(1, HOUR_MS);
    asked.put("logical_date", from.plusMillis(unlikeOthers).toString());
    asked.put("data_interval_start", from.toString());
    asked.put("data_interval_end", to.toString());
    return trigger(dag, asked);
  }

  /** Starts a run with what a person fills into the form. */
  String start(String dag, Map<String, Object> form) throws Exception {
    var asked = new HashMap<String, @Nullable Object>();
    asked.put("logical_date", null);
    asked.put("conf", form);
    return trigger(dag, asked);
  }

  private String trigger(String dag, Map<String, @Nullable Object> asked) throws Exception {
    boolean wasOff = airflow.get("/dags/" + dag).path("is_paused").asBoolean(true);
    airflow.enable(dag, PATIENCE);
    if (wasOff && CLOSING.contains(dag)) {
      skipScheduledRun(dag);
    }
    return airflow.trigger(dag, asked);
  }

  /** Turned on, it begins with its latest period, for which no test waits. */
  private void skipScheduledRun(String dag) throws Exception {
    var runs = "/dags/%s/dagRuns?run_type=scheduled&state=queued&state=running".formatted(dag);
    var begun =
        Awaitility.await("the scheduled run of " + dag)
            .atMost(PATIENCE)
            .until(() -> airflow.get(runs).findValuesAsText("dag_run_id"), ids -> !ids.isEmpty());
    for (var run : begun) {
      airflow.patch(AirflowApi.path(dag, run), Map.of("state", "success"));
    }
  }

  /** Turns a DAG on and lets what its schedule starts then come to its end. */
  void turnOn(String dag, Map<String, Object> form) throws Exception {
    end(dag, start(dag, form));
    Awaitility.await("every run of " + dag + " to end")
        .atMost(PATIENCE)
        .until(
            () ->
                List.of("success", "failed")
                    .containsAll(
                        airflow.get("/dags/%s/dagRuns".formatted(dag)).findValuesAsText("state")));
  }

  /** Waits for its end: success or failed. */
  String end(String dag, String run) throws Exception {
    return airflow.awaitEnd(dag, run, PATIENCE, task -> {});
  }

  /** One run of the DAG that charts late plays; its schedule is off again afterwards. */
  void restate() throws Exception {
    try {
      assertThat(end(RESTATE, start(RESTATE, Map.of()))).isEqualTo("success");
    } finally {
      airflow.patch("/dags/" + RESTATE, Map.of("is_paused", true));
    }
  }

  void awaitTask(String dag, String run, String task, String state) {
    Awaitility.await("%s of %s to be %s".formatted(task, dag, state))
        .atMost(PATIENCE)
        .until(() -> task(dag, run, task).path("state").asText().equals(state));
  }

  JsonNode task(String dag, String run, String task) throws Exception {
    return airflow.get(AirflowApi.path(dag, run) + "/taskInstances/" + task);
  }

  /** The Spark jobs that a run started: one entry each time. */
  List<String> jobs(String dag, String run) throws Exception {
    return StreamSupport.stream(airflow.tasks(dag, run).spliterator(), false)
        .filter(task -> SPARK_JOBS.contains(task.path("task_id").asText()))
        .filter(task -> task.path("state").asText().equals("success"))
        .map(task -> task.path("task_id").asText())
        .toList();
  }

  /** The last lines of a try's log, as the UI shows them. */
  String endOfLog(String dag, String run, String task, int attempt) throws Exception {
    var lines = new ArrayList<String>();
    var path = AirflowApi.path(dag, run) + "/taskInstances/%s/logs/%d".formatted(task, attempt);
    airflow.get(path).path("content").forEach(line -> lines.add(line.path("event").asText()));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Clears a finished run, as the button in the UI does, and waits until it has run again. */
  void clearAndAwait(String dag, String run) throws Exception {
    airflow.post(AirflowApi.path(dag, run) + "/clear", Map.of("dry_run", false));
    assertThat(end(dag, run)).isEqualTo("success");
  }
}
