package topsongs.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The parts list: every long-running process of the stack, in the order in which they start. */
final class Stack {
  /** Not HTTP/2, whose upgrade the dashboard's server leaves unanswered. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final Home home;
  private final Settings settings;
  private final StreamProgress progress;
  private final List<Service> started = new ArrayList<>();
  private boolean stopped;

  Stack(Home home, Settings settings, StreamProgress progress) {
    this.home = home;
    this.settings = settings;
    this.progress = progress;
  }

  /** Kafka, the object store and PostgreSQL. */
  void startServers() throws InterruptedException {
    startTogether(
        List.of(
            server("kafka", Settings.KAFKA, "-Xms256m", "-Xmx448m", "-XX:+UseSerialGC"),
            server("object-store", Settings.OBJECT_STORE, "-Xmx192m", "-XX:+UseSerialGC"),
            server(
                "postgres",
                Settings.POSTGRES,
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1")));
  }

  /** What works on the servers: the two APIs, the stream and the dashboard. */
  void startServices() throws InterruptedException {
    var services = new ArrayList<>(withoutDashboard());
    services.add(dashboard());
    startTogether(services);
  }

  /** The same for whom nobody looks at. */
  void startServicesWithoutDashboard() throws InterruptedException {
    startTogether(withoutDashboard());
  }

  /** The names of those that do not run, or do not do their work now. */
  synchronized List<String> unwell() {
    return started.stream().filter(service -> !service.isWell()).map(Service::name).toList();
  }

  /** Forgets that services died: what was done to them on purpose is over. */
  synchronized void forgive() {
    started.forEach(Service::forgive);
  }

  /** Airflow, once its tables are there. */
  void startAirflow(List<Service> processes) throws InterruptedException {
    startTogether(processes);
  }

  /** A steady crowd of listeners. */
  void startCrowd(Jobs jobs, int playsPerSecond) throws InterruptedException {
    var command =
        jobs.simulator(
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            "live",
            "--rate=" + playsPerSecond,
            "--seed=" + Instant.now().getEpochSecond());
    startTogether(
        List.of(new Service("crowd", command, settings.environment(), home, service -> true)));
  }

  /** Stops everything, the last started first. Nothing starts after it. */
  synchronized void stop() throws InterruptedException {
    stopped = true;
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).stop();
    }
  }

  private void startTogether(List<Service> services) throws InterruptedException {
    services.forEach(this::start);
    for (var service : services) {
      service.awaitReady();
      System.out.printf("  ✓ %s%n", service.name());
    }
  }

  private synchronized void start(Service service) {
    if (stopped) {
      return;
    }
    started.add(service);
    service.start();
  }

  private List<Service> withoutDashboard() {
    return List.of(
        springBoot("ingestion-api", Settings.INGESTION, "-Xmx256m"),
        springBoot("serving-api", Settings.SERVING, "-Xmx192m"),
        stream());
  }

  private Service server(String name, String portVariable, String... flags) {
    int port = settings.port(portVariable);
    var command =
        Commands.java(
            List.of(flags),
            "-cp",
            home.classpath("launcher"),
            "topsongs.launcher.TopSongs",
            "serve",
            name,
            "--port=" + port,
            "--folder=" + home.data(name));
    return new Service(
        name, command, settings.environment(), home, service -> service.said("ready " + port));
  }

  private Service springBoot(String room, String portVariable, String heap) {
    var command =
        Commands.java(
            List.of(heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
            "-jar",
            home.jar(room).toString());
    return new Service(
        room,
        command,
        settings.environment(),
        home,
        answers(settings.url(portVariable) + "/actuator/health/readiness"));
  }

  private Service stream() {
    var flags =
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Dspark.ui.port=" + settings.port(Settings.SPARK_UI),
            "-Dspark.ui.host=127.0.0.1");
    var command = Commands.spark(home, "streaming-job", flags, "topsongs.streaming.StreamingJob");
    return new Service(
        "streaming-job",
        command,
        settings.environment(),
        home,
        service -> progress.updatedAt().isAfter(service.startedAt()));
  }

  private Service dashboard() {
    var room = home.room("dashboard");
    var vite = room.resolve("node_modules/vite/bin/vite.js");
    var command = List.of("node", vite.toString(), "preview", room.toString());
    return new Service(
        "dashboard",
        command,
        settings.environment(),
        home,
        answers(settings.url(Settings.DASHBOARD)));
  }

  private static Predicate<Service> answers(String url) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Accept", "*/*")
            .timeout(Duration.ofSeconds(5))
            .build();
    return service -> {
      try {
        return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    };
  }
}
