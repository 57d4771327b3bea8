package topsongs.simulator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
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
      names = "--account",
      paramLabel = "FILE",
      description = "Write every acknowledged play and when, for verify.")
  @Nullable Path account;

  @Option(
      names = "--ingestion",
      paramLabel = "URL",
      description = "Default: TOP_SONGS_INGESTION_URL, or http://127.0.0.1:8081")
  @Nullable String ingestion;

  /**
   * The truth of that stage, if anybody wants to know it.
   *
   * @throws Failure when it could not be written in the end
   */
  @Nullable Truth truth(Stage stage) {
    if (truth == null) {
      return null;
    }
    requireWritable(truth);
    return stage.truth();
  }

  /** Tells of every answered play as it is asked for. */
  Tally tally(@Nullable Truth truth, LongConsumer progress) {
    return new Tally(truth, account == null ? null : new AccountFile(account), progress);
  }

  private static void requireWritable(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (IOException e) {
      throw new Failure("Cannot write truth to %s: %s".formatted(file, e));
    }
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
