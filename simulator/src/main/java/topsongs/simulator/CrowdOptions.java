package topsongs.simulator;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import topsongs.contract.CountingRules;
import topsongs.simulator.scenario.Pushes;
import topsongs.simulator.scenario.TrendFile;
import topsongs.simulator.scenario.Zones;

/** What history and live both ask: which crowd, how badly behaved, and who keeps the truth. */
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

  @ArgGroup(
      validate = false,
      heading =
          "%nFaults, shares of plays from 0 to 1, none unless asked for; a play has one of these at most:%n")
  final FaultOptions faults = new FaultOptions();

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Write the charts these plays must make, for verify.")
  @Nullable Path truth;

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

  @Option(
      names = "--ingestion",
      paramLabel = "URL",
      description = "Default: TOP_SONGS_INGESTION_URL, or http://127.0.0.1:8081")
  @Nullable String ingestion;

  /** What the options describe, ready to play. */
  Stage stage() {
    requireShare("--duplicates", duplicates);
    requireShare("--late", late);
    requireShare("--too-short", tooShort);
    var songs = Catalogue.of(catalogue).songs();
    var regions = Region.all();
    var pushes =
        new Pushes(
            trends == null ? List.of() : TrendFile.read(trends, songs),
            songs,
            regions,
            Zones.known());
    var played = Faults.withUnknown(songs);
    return new Stage(
        new Crowd(songs, regions, seed, Habits.usual(regions, tooShort).with(pushes)),
        new PlayWriter(played, regions, seed),
        truth == null
            ? null
            : new Truth(played, regions, CountingRules.load(CountingRules.CURRENT)));
  }

  /** What goes wrong on the way to the post. */
  Faults faults(Crowd crowd, Post post) {
    return new Faults(faults.shares(), crowd.songs(), crowd.regions(), seed, post);
  }

  /** Where plays go, and by which key. */
  IngestionApi api(
      Map<String, String> environment, IngestionApi.Patience patience, Consumer<String> notes) {
    var url =
        ingestion == null
            ? environment.getOrDefault("TOP_SONGS_INGESTION_URL", "http://127.0.0.1:8081")
            : ingestion;
    return new IngestionApi(
        url, environment.getOrDefault("TOP_SONGS_API_KEY", ""), patience, notes);
  }

  static void requireShare(String option, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new Failure("Cannot simulate: %s must be from 0 to 1, got %s".formatted(option, share));
    }
  }

  /** A crowd, the one who writes for it, and the one who knows what it did. */
  record Stage(Crowd crowd, PlayWriter writer, @Nullable Truth truth) {
    /** Writes the truth, if there is one, and says so. */
    void writeTruth(@Nullable Path file, PrintWriter out) {
      if (truth != null && file != null) {
        out.printf(Locale.ROOT, "%,d charts in %s%n", truth.write(file), file);
      }
    }
  }
}
