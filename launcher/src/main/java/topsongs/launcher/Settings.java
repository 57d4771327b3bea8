package topsongs.launcher;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import topsongs.launcher.server.Ports;

/**
 * Ports and secrets of one stack, and the environment that every child process gets from them.
 *
 * @param ports by the variable that changes each
 * @param secrets generated once per state folder, by the variable that carries each
 */
record Settings(Map<String, Integer> ports, Map<String, String> secrets) {
  static final String KAFKA = "TOP_SONGS_KAFKA_PORT";
  static final String OBJECT_STORE = "TOP_SONGS_S3_PORT";
  static final String POSTGRES = "TOP_SONGS_DB_PORT";
  static final String INGESTION = "TOP_SONGS_INGESTION_PORT";
  static final String SERVING = "TOP_SONGS_SERVING_PORT";
  static final String DASHBOARD = "TOP_SONGS_DASHBOARD_PORT";
  static final String SPARK_UI = "TOP_SONGS_SPARK_UI_PORT";
  static final String AIRFLOW = "TOP_SONGS_AIRFLOW_PORT";

  private static final Map<String, Integer> DEFAULT_PORTS =
      ordered(
          KAFKA,
          9092,
          OBJECT_STORE,
          9000,
          POSTGRES,
          5432,
          INGESTION,
          8081,
          SERVING,
          8082,
          DASHBOARD,
          3000,
          SPARK_UI,
          4040,
          AIRFLOW,
          8080);

  /** The settings of this environment; makes the secrets the first time. */
  static Settings load(Home home) throws IOException {
    var running = new Properties();
    if (ProcessFile.read(home.processFile("launcher")).isPresent()) {
      read(running, ports(home));
    }
    var ports = new LinkedHashMap<String, Integer>();
    DEFAULT_PORTS.forEach(
        (name, port) ->
            ports.put(name, port(name, running.getProperty(name, Integer.toString(port)))));
    return new Settings(ports, secrets(home.state().resolve("secrets.properties")));
  }

  /** Writes the ports down, so that commands in another terminal find the stack that runs. */
  void remember(Home home) throws IOException {
    var properties = new Properties();
    ports.forEach((name, port) -> properties.setProperty(name, port.toString()));
    try (var out = Files.newBufferedWriter(ports(home))) {
      properties.store(out, null);
    }
  }

  /** The same without Airflow, whose port may then be taken. */
  Settings withoutAirflow() {
    var others = new LinkedHashMap<>(ports);
    others.remove(AIRFLOW);
    return new Settings(others, secrets);
  }

  /** The same on other ports, but for those that the environment names. */
  Settings onFreePorts() {
    var others = new LinkedHashMap<String, Integer>();
    for (var variable : ports.keySet()) {
      others.put(variable, port(variable, Integer.toString(Ports.free())));
    }
    return new Settings(others, secrets);
  }

  int port(String variable) {
    return requireNonNull(ports.get(variable), variable);
  }

  String url(String variable) {
    return "http://127.0.0.1:" + port(variable);
  }

  String apiKey() {
    return secret("TOP_SONGS_API_KEY");
  }

  /** Changes songs and posts no plays. */
  String catalogueKey() {
    return secret("TOP_SONGS_CATALOGUE_KEY");
  }

  String secret(String variable) {
    return requireNonNull(secrets.get(variable), variable);
  }

  /** What every child process finds in its environment; the names are those of Docker mode. */
  Map<String, String> environment() {
    var environment = new LinkedHashMap<>(secrets);
    environment.put("TOP_SONGS_API_KEYS", apiKey());
    environment.put("TOP_SONGS_CATALOGUE_KEYS", catalogueKey());
    environment.put("TOP_SONGS_KAFKA", "127.0.0.1:" + port(KAFKA));
    environment.put("TOP_SONGS_S3_ENDPOINT", url(OBJECT_STORE));
    environment.put(
        "TOP_SONGS_DB_URL", "jdbc:postgresql://127.0.0.1:%d/top_songs".formatted(port(POSTGRES)));
    environment.put("TOP_SONGS_DB_USER", "top_songs");
    environment.put("TOP_SONGS_INGESTION_URL", url(INGESTION));
    environment.put("TOP_SONGS_SERVING_URL", url(SERVING));
    environment.put(
        "TOP_SONGS_DASHBOARD_URL",
        System.getenv().getOrDefault("TOP_SONGS_DASHBOARD_URL", url(DASHBOARD)));
    for (var port : new String[] {INGESTION, SERVING, DASHBOARD}) {
      environment.put(port, Integer.toString(port(port)));
    }
    return environment;
  }

  private static int port(String variable, String byDefault) {
    var value = System.getenv().getOrDefault(variable, byDefault);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Cannot read %s: must be a port such as %s, got '%s'"
              .formatted(variable, byDefault, value),
          e);
    }
  }

  private static Path ports(Home home) {
    return home.state().resolve("ports.properties");
  }

  private static void read(Properties properties, Path file) throws IOException {
    if (Files.exists(file)) {
      try (var in = Files.newBufferedReader(file)) {
        properties.load(in);
      }
    }
  }

  private static Map<String, String> secrets(Path file) throws IOException {
    var secrets = new Properties();
    read(secrets, file);
    int known = secrets.size();
    var random = new SecureRandom();
    for (var name :
        new String[] {
          "TOP_SONGS_API_KEY",
          "TOP_SONGS_CATALOGUE_KEY",
          "TOP_SONGS_S3_ACCESS_KEY",
          "TOP_SONGS_S3_SECRET_KEY",
          "TOP_SONGS_DB_PASSWORD",
          "TOP_SONGS_AIRFLOW_PASSWORD",
          "TOP_SONGS_AIRFLOW_SECRET"
        }) {
      secrets.computeIfAbsent(name, key -> secret(random));
    }
    if (secrets.size() > known) {
      write(secrets, file);
    }
    var byName = new LinkedHashMap<String, String>();
    secrets.forEach((name, secret) -> byName.put(name.toString(), secret.toString()));
    return byName;
  }

  private static void write(Properties secrets, Path file) throws IOException {
    var text = new StringWriter();
    secrets.store(text, "Made by ./top-songs up. Delete it for new ones.");
    Home.writeSecret(file, text.toString());
  }

  private static String secret(SecureRandom random) {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Map<String, Integer> ordered(Object... namesAndPorts) {
    var ports = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < namesAndPorts.length; i += 2) {
      ports.put((String) namesAndPorts[i], (Integer) namesAndPorts[i + 1]);
    }
    return ports;
  }
}
