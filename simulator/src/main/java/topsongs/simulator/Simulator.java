package topsongs.simulator;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.TypeConversionException;
import topsongs.simulator.generate.GenerateCommand;

/** The parts list of the command line. */
@Command(
    name = "simulator",
    description =
        "A seeded crowd of listeners: plays for Top Songs, and the charts they must make.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "top-songs simulator 0.1.0",
    footer = {
      "",
      "Settings come from the environment: TOP_SONGS_INGESTION_URL, TOP_SONGS_API_KEY,",
      "TOP_SONGS_SERVING_URL, TOP_SONGS_S3_ENDPOINT, TOP_SONGS_S3_ACCESS_KEY, TOP_SONGS_S3_SECRET_KEY,",
      "TOP_SONGS_LAKE. ./top-songs simulate COMMAND fills them in for the stack that runs.",
      "",
      "A first tour:",
      "  simulator catalogue publish                  # the songs",
      "  simulator history --truth=truth.jsonl        # the last 24 hours",
      "  (enrichment and aggregation make the charts)",
      "  simulator verify --truth=truth.jsonl         # are they right?",
      "  simulator live --rate=50                     # and now, until Ctrl-C",
      "  simulator replay top.csv --region=BR         # a published chart, rebuilt",
      "  simulator scenario viral-in-brazil           # a story, from a file you can write"
    })
final class Simulator {
  private Simulator() {}

  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(commandLine(System.getenv(), out, err).execute(arguments));
  }

  static CommandLine commandLine(
      Map<String, String> environment, PrintWriter out, PrintWriter err) {
    return new CommandLine(new Simulator())
        .addSubcommand(
            new CommandLine(new CatalogueCommand())
                .addSubcommand(new CatalogueCommand.Publish(environment, out))
                .addSubcommand(new CatalogueCommand.Show(out))
                .addSubcommand(new GenerateCommand(environment, out)))
        .addSubcommand(new HistoryCommand(environment, out))
        .addSubcommand(new LiveCommand(environment, out))
        .addSubcommand(new ReplayCommand(environment, out))
        .addSubcommand(new ScenarioCommand(environment, out))
        .addSubcommand(new VerifyCommand(environment, out))
        .registerConverter(Instant.class, Simulator::instant)
        .registerConverter(Duration.class, Simulator::duration)
        .setExecutionExceptionHandler(toldInOneLine())
        .setUsageHelpWidth(100)
        .setOut(out)
        .setErr(err);
  }

  private static IExecutionExceptionHandler toldInOneLine() {
    return (exception, command, result) -> {
      if (exception instanceof Failure
          || exception instanceof IllegalArgumentException
          || exception instanceof UncheckedIOException) {
        command.getErr().println(exception.getMessage());
        return 1;
      }
      // What MinIO's client makes of a store that is away.
      if (exception instanceof IllegalStateException
          && exception.getCause() instanceof IOException cause) {
        command
            .getErr()
            .println("Cannot reach the lake: %s; is the stack up? ./top-songs up".formatted(cause));
        return 1;
      }
      throw exception;
    };
  }

  /** {@code Instant.parse} of Java 17 wants seconds; people do not. */
  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "must be an instant such as 2026-11-22T13:00Z, got '%s'".formatted(text));
    }
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text.matches("(?i)P.*") ? text : "PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "must be a duration such as 30s, 10m or 2h, got '%s'".formatted(text));
    }
  }
}
