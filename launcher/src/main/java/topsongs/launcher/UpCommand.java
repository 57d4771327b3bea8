package topsongs.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;

/** Starts the whole stack in this terminal. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description =
        "Start everything without Docker: servers, services, some history, live plays and charts."
            + " Ctrl-C stops it; the data stays.")
final class UpCommand implements Callable<Integer> {
  /** Hours that Airflow charts one by one after an outage; older ones are restated in one run. */
  private static final Duration CATCH_UP = Duration.ofHours(12);

  private static final Duration CLEAN_EVERY = Duration.ofDays(1);
  private static final Duration CHARTS_LIMIT = Duration.ofMinutes(30);

  @Option(names = "--fresh", description = "Forget all plays and charts and start over.")
  boolean fresh;

  @Option(
      names = "--history",
      defaultValue = "240000",
      description =
          "Plays to make up for yesterday and today when starting over (default: ${DEFAULT-VALUE}; 0 is none).")
  int history;

  @Option(
      names = "--rate",
      defaultValue = "20",
      description = "Live plays per second (default: ${DEFAULT-VALUE}; 0 is none).")
  int rate;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the history (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--no-airflow",
      description = "Let the launcher run the same jobs on the same schedule, without Airflow.")
  boolean withoutAirflow;

  @Option(names = "--no-schedule", description = "Do not chart the hours by itself.")
  boolean unscheduled;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var begun = Instant.now();
    var home = Home.find();
    var settings = withoutAirflow ? Settings.load(home).withoutAirflow() : Settings.load(home);
    var doctor = new Doctor(home, settings);
    doctor.requireNotRunning();
    DownCommand.stopLeftOver(home);
    doctor.requireReady();
    requireAirflow(home);
    if (fresh) {
      home.deleteData();
    }
    home.createFolders();
    settings.remember(home);
    ProcessFile.write(home.processFile("launcher"), ProcessHandle.current());
    var progress = new StreamProgress(settings);
    var stack = new Stack(home, settings, progress);
    stopWithThisProcess(stack, home);
    try {
      start(home, settings, stack, progress, begun);
      return 0;
    } catch (IllegalStateException | IOException | UncheckedIOException e) {
      System.err.println("✗ " + e.getMessage());
      return 1;
    }
  }

  private void start(
      Home home, Settings settings, Stack stack, StreamProgress progress, Instant begun)
      throws IOException, InterruptedException {
    var jobs = new Jobs(home, settings);
    var plan =
        new Schedule(
            jobs::chart,
            jobs::audit,
            progress::completeUntil,
            Clock.systemUTC(),
            home.data("next-hour"));
    System.out.println("Starting the servers");
    stack.startServers();
    System.out.println("Preparing the database and the catalogue");
    jobs.migrate();
    jobs.publishCatalogue();
    System.out.println("Starting the services");
    stack.startServices();
    var charting =
        withoutAirflow
            ? (Schedule.Charting) jobs::chart
            : airflow(home, settings, stack, jobs, plan);
    if (!plan.isPlanned()) {
      makeHistory(home, jobs, charting, plan);
    }
    if (rate > 0) {
      stack.startCrowd(jobs, rate);
    }
    System.out.print(welcome(home, settings, Duration.between(begun, Instant.now())));
    if (withoutAirflow && !unscheduled) {
      plan.run();
    }
    Thread.currentThread().join();
  }

  private void requireAirflow(Home home) {
    if (!withoutAirflow && !Airflow.isInstalled(home)) {
      throw new IllegalStateException(
          "Cannot start Airflow: it is not installed; ./top-songs up installs it, and"
              + " ./top-songs up --no-airflow does without");
    }
  }

  /** Starts Airflow, which then has the schedule; what charts the history through it. */
  private Schedule.Charting airflow(
      Home home, Settings settings, Stack stack, Jobs jobs, Schedule plan)
      throws IOException, InterruptedException {
    var airflow = new Airflow(home, settings);
    System.out.println("Starting Airflow");
    airflow.prepare(jobs);
    stack.startAirflow(unscheduled ? airflow.waiting() : airflow.scheduling(firstHour(home, plan)));
    cleanDaily(airflow, jobs);
    return (from, to, settled) -> chartBy(airflow, from, to);
  }

  private static Instant firstHour(Home home, Schedule plan) throws IOException {
    var planned = plan.isPlanned() ? plan.nextHour() : historyEnd(home);
    return Schedule.later(planned, Schedule.settled(Instant.now().minus(CATCH_UP)));
  }

  /** Also of a stack that is started every morning: the first time soon. */
  private static void cleanDaily(Airflow airflow, Jobs jobs) {
    var cleaning =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              var thread = new Thread(work, "clean-airflow");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        cleaning.scheduleAtFixedRate(
            () -> clean(airflow, jobs), 10, CLEAN_EVERY.toMinutes(), TimeUnit.MINUTES);
  }

  private static void clean(Airflow airflow, Jobs jobs) {
    try {
      airflow.clean(jobs);
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      System.out.printf("✗ %s%n", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A failed run leaves the stack up: its log is in the UI, and the DAGs chart what is missing. */
  private static void chartBy(Airflow airflow, Instant from, Instant to)
      throws InterruptedException {
    try {
      airflow.backfill(from, to, CountingRules.SAME, CHARTS_LIMIT);
    } catch (IOException | IllegalStateException e) {
      System.out.printf("✗ %s%n", e.getMessage());
    }
  }

  /** Yesterday and today until now: a full day, and hours to look back on. */
  private void makeHistory(Home home, Jobs jobs, Schedule.Charting charting, Schedule plan)
      throws IOException, InterruptedException {
    var to = historyEnd(home);
    if (history == 0) {
      plan.startAt(to);
      return;
    }
    var from = Granularity.DAY.floor(to).minus(Granularity.DAY.length());
    System.out.printf("Making history: %,d plays from %s to %s%n", history, from, to);
    int exit =
        jobs.simulate(
            List.of(
                "history",
                "--from=" + from,
                "--to=" + to,
                "--plays=" + history,
                "--seed=" + seed,
                "--truth=" + home.truth(),
                "--await-lake"));
    if (exit != 0) {
      throw new IllegalStateException("Cannot make history: the simulator ended with exit " + exit);
    }
    System.out.println("Charting every hour and day, which takes most of a minute");
    charting.chart(from, to, to);
    plan.startAt(to);
  }

  /** Written down first: a history that was cut short is made again, play by play the same. */
  private static Instant historyEnd(Home home) throws IOException {
    var file = home.data("history-end");
    if (!Files.exists(file)) {
      Files.writeString(file, Schedule.settled(Instant.now()).toString());
    }
    return Instant.parse(Files.readString(file));
  }

  private static void stopWithThisProcess(Stack stack, Home home) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  System.out.println("Stopping");
                  try {
                    stack.stop();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  ProcessFile.delete(home.processFile("launcher"));
                },
                "stop-stack"));
  }

  private String welcome(Home home, Settings settings, Duration took) {
    return """

        Top Songs is up (%d s)

          dashboard   %s
          charts out  %s/swagger-ui.html
          plays in    %s/swagger-ui.html
                      Authorization: Bearer %s
          Spark       %s
          Airflow     %s
          logs        ./top-songs logs   (%s)

        Ctrl-C stops everything; the data stays. ./top-songs up --fresh starts over.
        """
        .formatted(
            took.toSeconds(),
            settings.url(Settings.DASHBOARD),
            settings.url(Settings.SERVING),
            settings.url(Settings.INGESTION),
            settings.apiKey(),
            settings.url(Settings.SPARK_UI),
            withoutAirflow
                ? "not running: the launcher runs the same jobs on the same schedule"
                : "%s   (user %s, password %s)"
                    .formatted(Airflow.url(settings), Airflow.USER, Airflow.password(settings)),
            home.state().resolve("logs"));
  }
}
