package topsongs.simulator;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import topsongs.simulator.scenario.Push;
import topsongs.simulator.scenario.Pushes;
import topsongs.simulator.scenario.TrendFile;
import topsongs.simulator.scenario.Zones;

/** What history and live both ask: which crowd, and how badly behaved. */
final class CrowdOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed makes the same crowd with the same tastes. Default: 1")
  long seed = 1;

  @Option(
      names = "--duplicates",
      paramLabel = "SHARE",
      description =
          "Share of plays sent a second time, byte-identical, a little later. Default: 0.02")
  double duplicates = 0.02;

  @Option(
      names = "--late",
      paramLabel = "SHARE",
      description = "Share of plays sent only after the plays of later hours. Default: 0.01")
  double late = 0.01;

  @Option(
      names = "--too-short",
      paramLabel = "SHARE",
      description = "Share of plays skipped before they count (30 s). Default: 0.06")
  double tooShort = 0.06;

  @Mixin private final CommandSpec faults = FaultOptions.spec();

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

  /** What the options describe. */
  Stage stage() {
    requireShare("--duplicates", duplicates);
    requireShare("--late", late);
    requireShare("--too-short", tooShort);
    return new Stage(
        Catalogue.of(catalogue).songs(),
        Region.all(),
        seed,
        FaultOptions.shares(faults),
        duplicates,
        late);
  }

  /** The seed of the plays; that of the crowd does not depend on what it plays. */
  long seedOfPlays() {
    return seed ^ Fingerprint.of(catalogue) ^ Fingerprint.of(trends);
  }

  Crowd crowd(Stage stage) {
    var songs = stage.songs();
    var pushes = trends == null ? List.<Push>of() : TrendFile.read(trends, songs);
    var habits =
        Habits.usual(stage.regions(), tooShort)
            .with(new Pushes(pushes, songs, stage.regions(), Zones.known()));
    return new Crowd(songs, stage.regions(), seed, habits);
  }

  static void requireShare(String option, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new Failure("Cannot simulate: %s must be from 0 to 1, got %s".formatted(option, share));
    }
  }
}
