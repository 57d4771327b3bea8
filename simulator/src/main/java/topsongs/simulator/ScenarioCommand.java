package topsongs.simulator;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topsongs.contract.PlayEvent;
import topsongs.simulator.scenario.Push;
import topsongs.simulator.scenario.Pushes;
import topsongs.simulator.scenario.Scenario;
import topsongs.simulator.scenario.ScenarioFile;
import topsongs.simulator.scenario.ScenarioReader;
import topsongs.simulator.scenario.TrendFile;

@Command(
    name = "scenario",
    description = {
      "Posts the plays of a scenario: past hours in which something happens, as a YAML file tells it.",
      "The same file, start, seed and number of plays are the same plays, byte for byte."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  simulator scenario --list                                # those that ship",
      "  simulator scenario viral-in-brazil --truth=truth.jsonl   # then the jobs, then verify",
      "  simulator scenario sixty-regions --plays=5000000 --await-lake",
      "  simulator scenario --show friday-release > mine.yaml     # change it, then",
      "  simulator scenario mine.yaml --from=2026-11-20T00:00Z",
      "",
      "A scenario of your own (every key may be left out; docs/simulator.md tells them all):",
      "  shows: A samba goes viral in Rio's evening",
      "  from: 48h ago                # or last Friday 00:00, or 2026-11-20T00:00Z",
      "  length: 48h",
      "  plays: 100_000               # or rate: 0.6",
      "  regions: [BR, AR, PT]        # or 60: the largest ones",
      "  viral:",
      "    - {genre: samba, regions: [BR], at: 20h, for: 6h, strength: 30}",
      "",
      "Exit code: 0 all sent, 1 the file cannot be read or ingestion-api is away or refuses, 2 wrong usage."
    })
final class ScenarioCommand implements Callable<Integer> {
  private static final Clock CLOCK = Clock.systemUTC();

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|NAME",
      description = "A YAML file, or the name of a scenario that ships.")
  @Nullable String name;

  @Option(names = "--list", description = "Tell the scenarios that ship, and play none.")
  boolean list;

  @Option(names = "--show", description = "Print the scenario's file, and do not play it.")
  boolean show;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "First instant, such as 2026-11-22T13:00Z, in place of the file's.")
  @Nullable Instant from;

  @Option(
      names = "--plays",
      paramLabel = "N",
      description = "Distinct plays, in place of the file's plays or rate.")
  @Nullable Integer plays;

  @Option(names = "--seed", paramLabel = "N", description = "In place of the file's.")
  @Nullable Long seed;

  @Option(
      names = "--catalogue",
      paramLabel = "FILE",
      description = "Songs to play, JSON Lines. Default: the built-in catalogue")
  @Nullable Path catalogue;

  @Option(
      names = "--trends",
      paramLabel = "FILE",
      description = "Tastes and trends of regions, as catalogue generate writes them.")
  @Nullable Path trends;

  @Mixin private final DeliveryOptions delivery = new DeliveryOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;
  private final PrintWriter out;

  ScenarioCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      ScenarioFile.SHIPPED.forEach(
          shipped -> out.printf("%-16s %s%n", shipped, ScenarioFile.of(shipped).shows()));
    } else if (name == null) {
      throw new ParameterException(
          spec.commandLine(), "Nothing to play: give FILE or NAME, or --list");
    } else if (show) {
      out.print(ScenarioFile.of(name).yaml());
      out.flush();
    } else {
      play(name);
    }
    return 0;
  }

  private void play(String name) throws Exception {
    var songs = Catalogue.of(catalogue).songs();
    var scenario = scenario(name, songs);
    requireSense(name, scenario);
    tellPlan(scenario);
    long fingerprint =
        Fingerprint.of(ScenarioFile.of(name).yaml())
            ^ Fingerprint.of(catalogue)
            ^ Fingerprint.of(trends);
    var crowd = new ScenarioCrowd(scenario, songs, pushes(scenario, songs), fingerprint);
    delivery.deliver("scenario", crowd.stage(), scenario.plays(), crowd::forEach, environment, out);
  }

  private Scenario scenario(String name, List<Song> songs) {
    var written = new ScenarioReader(ScenarioFile.of(name), songs, CLOCK.instant(), from).read();
    return written.with(
        seed == null ? written.seed() : seed, plays == null ? written.plays() : plays);
  }

  private Pushes pushes(Scenario scenario, List<Song> songs) {
    var pushes = new ArrayList<Push>(scenario.pushes());
    if (trends != null) {
      pushes.addAll(TrendFile.read(trends, songs));
    }
    return new Pushes(pushes, songs, scenario.regions(), scenario.zones());
  }

  private void requireSense(String name, Scenario scenario) {
    var now = CLOCK.instant();
    require(name, scenario.plays() >= 1, "--plays must be at least 1, got " + scenario.plays());
    require(
        name,
        scenario.from().isAfter(now.minus(PlayEvent.MAX_AGE)) && !scenario.to().isAfter(now),
        "it must lie within the last 14 days, got %s to %s; give another --from"
            .formatted(scenario.from(), scenario.to()));
  }

  private static void require(String name, boolean holds, String rule) {
    if (!holds) {
      throw new Failure("Cannot play scenario %s: %s".formatted(name, rule));
    }
  }

  private void tellPlan(Scenario scenario) {
    out.println(scenario.shows());
    out.printf(
        Locale.ROOT,
        "%,d plays in %,d regions from %s to %s, seed %d%n",
        scenario.plays(),
        scenario.regions().size(),
        scenario.from(),
        scenario.to(),
        scenario.seed());
  }
}
