package topsongs.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Apache Airflow beside the stack: from the Python environment that ./top-songs installs, with its
 * metadata in the stack's PostgreSQL. It runs the jobs on schedule; its UI shows and triggers them.
 */
final class Airflow {
  static final String USER = "admin";

  /** The DAG processor has read all files by then, on a machine that is busy otherwise. */
  private static final Duration DAGS_WITHIN = Duration.ofMinutes(5);

  private static final Duration KEEP_RUNS = Duration.ofDays(30);

  private static final String BACKFILL = "top_songs_backfill";

  private final Home home;
  private final Settings settings;
  private final AirflowApi api;

  Airflow(Home home, Settings settings) {
    this.home = home;
    this.settings = settings;
    this.api = new AirflowApi(URI.create(url(settings)), USER, password(settings));
  }

  /** Whether its Python environment is there. */
  static boolean isInstalled(Home home) {
    return Files.isExecutable(bin(home).resolve("airflow")) && Files.isDirectory(spark(home));
  }

  /** Whether it runs beside the stack of this state folder. */
  static boolean isRunning(Home home) {
    return ProcessFile.read(home.processFile("airflow-scheduler")).isPresent();
  }

  static String url(Settings settings) {
    return settings.url(Settings.AIRFLOW);
  }

  static String password(Settings settings) {
    return settings.secret("TOP_SONGS_AIRFLOW_PASSWORD");
  }

  /** Brings its tables up to date, and makes its user and the pool of one job at a time. */
  void prepare(Jobs jobs) throws IOException, InterruptedException {
    Files.createDirectories(passwords().getParent());
    var byUser = Map.of(USER, password(settings));
    Home.writeSecret(passwords(), new ObjectMapper().writeValueAsString(byUser));
    var steps = "\"$0\" db migrate && \"$0\" pools set charting 1 'Spark jobs, one at a time'";
    jobs.run("airflow-prepare", List.of("sh", "-c", steps, airflow()), environment());
  }

  /** Forgets runs, and the logs of tasks, that ended long ago; restate alone makes 288 a day. */
  void clean(Jobs jobs) throws IOException, InterruptedException {
    var before = Instant.now().minus(KEEP_RUNS);
    var steps =
        """
        "$0" db clean --yes --skip-archive --clean-before-timestamp "$1" &&
        find "$2" -type f -mtime +%d -delete && find "$2" -mindepth 1 -type d -empty -delete"""
            .formatted(KEEP_RUNS.toDays());
    var command = List.of("sh", "-c", steps, airflow(), before.toString(), logs().toString());
    jobs.run("airflow-clean", command, environment());
  }

  /**
   * Its four processes; each is ready when the API server says that it is healthy. DAGs that it has
   * never seen are on, the others as they were.
   *
   * @param firstHour the first hour that the DAGs chart by themselves
   */
  List<Service> scheduling(Instant firstHour) {
    var environment = environment();
    environment.put("TOP_SONGS_FIRST_HOUR", firstHour.toString());
    return processes(environment);
  }

  /** The same with new DAGs off. What is turned on later catches up with nothing. */
  List<Service> waiting() {
    var environment = environment();
    environment.put("AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION", "True");
    return processes(environment);
  }

  private List<Service> processes(Map<String, String> environment) {
    return List.of(
        service("api-server", environment, "api-server", "--host=127.0.0.1"),
        service("scheduler", environment, "scheduler", "--skip-serve-logs"),
        service("dag_processor", environment, "dag-processor"),
        service("triggerer", environment, "triggerer", "--skip-serve-logs"));
  }

  /**
   * Charts a range of hours by one run of top_songs_backfill, and prints how far it is.
   *
   * @throws IllegalStateException when the run does not end well in time
   */
  void backfill(Instant from, Instant to, String rules, Duration within)
      throws IOException, InterruptedException {
    api.enable(BACKFILL, DAGS_WITHIN);
    var asked = new HashMap<String, @Nullable Object>();
    asked.put("logical_date", null);
    asked.put("conf", Map.of("from", from.toString(), "to", to.toString(), "rules", rules));
    var run = api.trigger(BACKFILL, asked);
    var end = api.awaitEnd(BACKFILL, run, within, task -> System.out.printf("  ✓ %s%n", task));
    if (!end.equals("success")) {
      throw new IllegalStateException(
          "Cannot chart %s to %s: the run failed; see %s/dags/%s/runs/%s"
              .formatted(from, to, url(settings), BACKFILL, run));
    }
  }

  private Service service(String component, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<>(List.of(airflow()));
    command.addAll(List.of(arguments));
    return new Service(
        "airflow-" + component.replace('_', '-'),
        command,
        environment,
        home,
        service -> isHealthy(component));
  }

  private boolean isHealthy(String component) {
    try {
      return api.health(component).equals("healthy");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What Airflow and, through it, the Spark jobs find in their environment. */
  private Map<String, String> environment() {
    var environment = new LinkedHashMap<>(settings.environment());
    sharedSettings().forEach((name, value) -> environment.put(name.toString(), value.toString()));
    environment.putAll(folders());
    environment.putAll(addresses());
    environment.putAll(secrets());
    return environment;
  }

  private Properties sharedSettings() {
    var shared = new Properties();
    try (var in = Files.newBufferedReader(home.room("airflow").resolve("airflow.env"))) {
      shared.load(in);
      return shared;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read Airflow's settings: " + e.getMessage(), e);
    }
  }

  private Map<String, String> folders() {
    var dags = home.room("airflow").resolve("dags").toString();
    return Map.of(
        "AIRFLOW_HOME", home.data("airflow").toString(),
        "AIRFLOW__CORE__DAGS_FOLDER", dags,
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER", logs().toString(),
        "PYTHONPATH", dags,
        "TOP_SONGS_ROOT", home.root().toString(),
        "JAVA_HOME", System.getProperty("java.home"),
        "SPARK_HOME", spark(home).toString(),
        "SPARK_CONF_DIR", home.room("airflow").resolve("spark").toString(),
        "PATH", bin(home) + ":" + System.getenv("PATH"));
  }

  private Map<String, String> addresses() {
    return Map.of(
        "AIRFLOW__API__BASE_URL", url(settings),
        "AIRFLOW__API__PORT", Integer.toString(settings.port(Settings.AIRFLOW)),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL", url(settings) + "/execution/",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", database("postgresql+psycopg2", "airflow"),
        "AIRFLOW_CONN_TOP_SONGS_DB", database("postgres", "top_songs"),
        "AIRFLOW_CONN_SPARK_DEFAULT", "{\"conn_type\": \"spark\", \"host\": \"local[2]\"}",
        "SPARK_LOCAL_IP", "127.0.0.1");
  }

  private Map<String, String> secrets() {
    var secret = settings.secret("TOP_SONGS_AIRFLOW_SECRET");
    return Map.of(
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE",
        passwords().toString(),
        "AIRFLOW__CORE__FERNET_KEY",
        fernetKey(secret),
        "AIRFLOW__API__SECRET_KEY",
        secret,
        "AIRFLOW__API_AUTH__JWT_SECRET",
        secret);
  }

  private String database(String scheme, String name) {
    return "%s://%s:%s@127.0.0.1:%d/%s"
        .formatted(
            scheme,
            name,
            settings.secret("TOP_SONGS_DB_PASSWORD"),
            settings.port(Settings.POSTGRES),
            name);
  }

  /** A Fernet key is 32 bytes in URL-safe base 64; the secret's 32 hex digits are such bytes. */
  private static String fernetKey(String secret) {
    return Base64.getUrlEncoder().encodeToString(secret.getBytes(StandardCharsets.US_ASCII));
  }

  private Path logs() {
    return home.data("airflow").resolve("logs");
  }

  private Path passwords() {
    return home.data("airflow").resolve("passwords.json");
  }

  private String airflow() {
    return bin(home).resolve("airflow").toString();
  }

  private static Path bin(Home home) {
    return home.room("airflow").resolve(".venv/bin");
  }

  /** Spark as the pyspark package brings it; spark-submit would start a Python to find it. */
  private static Path spark(Home home) {
    var packages = home.room("airflow").resolve(".venv/lib");
    try (var versions = Files.newDirectoryStream(packages, "python3*")) {
      for (var version : versions) {
        return version.resolve("site-packages/pyspark");
      }
    } catch (IOException e) {
      return packages;
    }
    return packages;
  }
}
