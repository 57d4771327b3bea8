package topsongs.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import topsongs.contract.Granularity;
import topsongs.launcher.DrillReport.Outcome;

/** Starts a stack of its own, breaks it under load, and counts whether every play survived. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Breaks a stack of its own under load, and counts whether every acknowledged play survived.",
      "Kills and pauses processes, in pairs too and jobs in mid-write, and fills the lake's disk;",
      "after each fault it measures the seconds until a play is acknowledged and in the lake, every",
      "service is well and a struck job has ended well. At the end everything restarts, all is charted,",
      "and the charts are compared with the lake and with the plays that were acknowledged.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./top-songs drill                       # all faults, 2 million plays: about 40 minutes",
      "  ./top-songs drill --short               # 8 faults, 120,000 plays: about 6 minutes",
      "  ./top-songs drill --faults=12 --seed=7  # the 12 most telling, in another order",
      "  ./top-songs drill --rate=500 --keep     # gentler; what it wrote stays, to look into",
      "",
      "It runs beside nothing, in the folder drill below TOP_SONGS_HOME, on free ports (or",
      "those of TOP_SONGS_KAFKA_PORT and the like). The lake's disk can be filled on Linux by who may",
      "mount, such as root; elsewhere those faults are skipped, which the table shows.",
      "",
      "Exit code: 0 all recovered within 60 s each, nothing lost, nothing counted twice; 1 otherwise."
    })
final class DrillCommand implements Callable<Integer> {
  private static final int SHORT_FAULTS = 8;
  private static final int SHORT_PLAYS = 120_000;
  private static final int PLAYS = 2_000_000;
  private static final int RATE = 1_200;
  private static final String DISK = "8g";

  private static final Duration STREAM_PASSES_WITHIN = Duration.ofMinutes(5);

  @Option(names = "--short", description = "8 faults and 120,000 plays, unless told.")
  boolean brief;

  @Option(names = "--faults", paramLabel = "N", description = "How many faults. Default: each once")
  @Nullable Integer faults;

  @Option(
      names = "--plays",
      paramLabel = "N",
      description = "Plays over which the faults are spread, or more. Default: 2000000")
  @Nullable Integer plays;

  @Option(names = "--rate", paramLabel = "R", description = "Plays a second. Default: 1200")
  @Nullable Integer rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the plays, the order of the faults and their moments. Default: 1")
  long seed = 1;

  @Option(names = "--keep", description = "Keep plays, charts and accounts until the next drill.")
  boolean keep;

  private volatile @Nullable Stack running;
  private volatile @Nullable Striking striking;

  @Override
  public Integer call() throws IOException, InterruptedException {
    requireSense();
    var parent = Home.find();
    var home = home(parent);
    new Doctor(home, Settings.load(home)).requireNotRunning();
    DownCommand.stopLeftOver(home);
    LakeDisk.unmount(home.data(Part.STORE.process()));
    var settings = Settings.load(home).withoutAirflow().onFreePorts();
    new Doctor(home, settings).requireReady();
    home.deleteData();
    home.createFolders();
    settings.remember(home);
    ProcessFile.write(home.processFile("launcher"), ProcessHandle.current());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(home), "end-drill"));
    try {
      return drill(home, settings) ? 0 : 1;
    } catch (IllegalStateException | IOException | UncheckedIOException e) {
      System.err.println("✗ " + e.getMessage());
      return 1;
    }
  }

  /** Where the stack of a drill lives. */
  static Home home(Home parent) {
    return new Home(parent.root(), parent.state().resolve("drill"));
  }

  private boolean drill(Home home, Settings settings) throws IOException, InterruptedException {
    var begun = Instant.now();
    var plan = FaultPlan.of(count(faults, SHORT_FAULTS, FaultPlan.kinds()), seed);
    int enough = count(plays, SHORT_PLAYS, PLAYS);
    var jobs = new Jobs(home, settings);
    var load =
        new DrillLoad(
            jobs,
            settings,
            home.data("truth"),
            Granularity.DAY.floor(begun).minus(Granularity.DAY.length()),
            enough,
            rate == null ? RATE : rate,
            seed);
    System.out.printf("Drill: %d faults under %s, seed %d%n", plan.size(), load, seed);
    var disk = mount(home);
    var hand = new Striking(home, disk.disk);
    striking = hand;
    var progress = new StreamProgress(settings);
    var stack = start(home, settings, jobs, progress);
    Files.createDirectories(home.data("truth"));
    var probes = home.data("truth").resolve("probes.csv");
    load.start();
    var drill =
        new Drill(
            home,
            stack,
            jobs,
            progress,
            load,
            new Probe(settings, probes),
            hand,
            disk.problem,
            seed);
    var differences = home.data("truth").resolve("differences.csv");
    boolean agrees = false;
    try {
      drill.run(plan, enough);
      System.out.println("No more faults; waiting for the last plays");
      load.finish();
      progress.awaitPassed(Instant.now(), STREAM_PASSES_WITHIN);
      System.out.println("Restarting everything");
      stack.stop();
      start(home, settings, jobs, progress);
      agrees = agrees(jobs, load, probes, differences, begun);
    } catch (IllegalStateException e) {
      System.out.printf("✗ %s%n", e.getMessage());
    }
    return tell(drill.outcomes(), plan.size(), load, probes, differences, agrees, begun);
  }

  /** Charts every hour that has plays, and compares. */
  private static boolean agrees(
      Jobs jobs, DrillLoad load, Path probes, Path differences, Instant begun)
      throws IOException, InterruptedException {
    System.out.println("Charting every hour and day");
    var to = Granularity.HOUR.floor(Instant.now()).plus(Granularity.HOUR.length());
    jobs.chart(load.day(), to, Granularity.HOUR.floor(begun));
    System.out.println("Comparing the charts with the lake and with what was acknowledged");
    boolean agrees = true;
    for (var truth : load.truths()) {
      agrees &= jobs.simulate(List.of("verify", "--truth=" + truth)) == 0;
    }
    agrees &= jobs.simulate(List.of("verify", "--all", "--provisional")) == 0;
    var comparison = new ArrayList<>(List.of("verify", "--differences=" + differences));
    accounts(load, probes).forEach(account -> comparison.add("--account=" + account));
    return agrees & jobs.simulate(comparison) == 0;
  }

  /** The table and its last line, also of a drill that went no further. */
  private static boolean tell(
      List<Outcome> outcomes,
      int planned,
      DrillLoad load,
      Path probes,
      Path differences,
      boolean agrees,
      Instant begun)
      throws IOException {
    var report = new DrillReport(outcomes, accounts(load, probes), differences);
    System.out.printf("%n%s%n", report);
    boolean good = agrees && report.isGood() && outcomes.size() == planned;
    System.out.printf(
        Locale.ROOT,
        "%s %d of %d faults made, %d skipped; %,d deliveries acknowledged; longest recovery %s s; %s; %d min%n",
        good ? "✓" : "✗",
        report.made(),
        planned,
        outcomes.size() - report.made(),
        load.acknowledged(),
        DrillReport.seconds(report.longest()),
        agrees ? "every chart agrees to the play" : "charts or plays differ or are not compared",
        Duration.between(begun, Instant.now()).toMinutes());
    return good;
  }

  private static List<Path> accounts(DrillLoad load, Path probes) {
    var accounts = new ArrayList<>(load.accounts());
    accounts.add(probes);
    return accounts;
  }

  private Stack start(Home home, Settings settings, Jobs jobs, StreamProgress progress)
      throws IOException, InterruptedException {
    var stack = new Stack(home, settings, progress);
    running = stack;
    stack.startServers();
    jobs.migrate();
    jobs.publishCatalogue();
    stack.startServicesWithoutDashboard();
    return stack;
  }

  /** The lake's disk, or why it has none of its own. */
  private record Disk(@Nullable LakeDisk disk, @Nullable String problem) {}

  private static Disk mount(Home home) throws IOException, InterruptedException {
    try {
      return new Disk(LakeDisk.mount(home.data(Part.STORE.process()), DISK), null);
    } catch (IllegalStateException e) {
      System.out.printf(
          "! The lake has no disk of its own, and so faults that fill it are skipped: %s%n",
          e.getMessage());
      return new Disk(null, "nothing can be mounted here");
    }
  }

  private void requireSense() {
    for (var asked : Arrays.asList(faults, plays, rate)) {
      if (asked != null && asked < 1) {
        throw new IllegalArgumentException(
            "Cannot drill: --faults, --plays and --rate must be at least 1, got " + asked);
      }
    }
  }

  private int count(@Nullable Integer asked, int inShort, int otherwise) {
    return asked == null ? (brief ? inShort : otherwise) : asked;
  }

  /** Also after Ctrl-C, in the middle of a fault. */
  private void cleanUp(Home home) {
    try {
      if (striking != null) {
        striking.end();
      }
      if (running != null) {
        System.out.println("Stopping");
        running.stop();
      }
      keepOrDelete(home);
    } catch (IOException | IllegalStateException e) {
      System.err.println("✗ " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ProcessFile.delete(home.processFile("launcher"));
  }

  /** What is kept of a lake in memory is a copy. */
  private void keepOrDelete(Home home) throws IOException, InterruptedException {
    var lake = home.data(Part.STORE.process());
    if (keep && LakeDisk.isMounted(lake)) {
      LakeDisk.copy(lake, Path.of(lake + ".kept"));
    }
    LakeDisk.unmount(lake);
    if (keep) {
      System.out.printf("Kept in %s%n", home.state());
    } else {
      home.deleteData();
    }
  }
}
