package topsongs.simulator;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where plays go, and where the truth about them does. */
final class Destinations {
  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Write the charts these plays must make, for verify.")
  @Nullable Path truth;

  @Option(
      names = "--ingestion",
      paramLabel = "URL",
      description = "Default: TOP_SONGS_INGESTION_URL, or http://127.0.0.1:8081")
  @Nullable String ingestion;

  /** The truth of that stage, if anybody wants to know it. */
  @Nullable Truth truth(Stage stage) {
    return truth == null ? null : stage.truth();
  }

  /** Writes the truth, if there is one, and says so. */
  void write(@Nullable Truth known, PrintWriter out) {
    if (known != null && truth != null) {
      out.printf(Locale.ROOT, "%,d charts in %s%n", known.write(truth), truth);
    }
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
}
