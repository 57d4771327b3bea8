package topsongs.simulator.generate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Year;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topsongs.simulator.Catalogue;
import topsongs.simulator.Failure;
import topsongs.simulator.Progress;
import topsongs.simulator.Region;

/** Has a language model write a catalogue, and the tastes and trends of the regions. */
@Command(
    name = "generate",
    description = {
      "Has a language model write songs, and tastes and trends of the regions, in many languages.",
      "Every item is checked; what is missing, wrong or twice is asked for again by itself."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Settings: OPENAI_API_KEY (needed), OPENAI_BASE_URL, OPENAI_MODEL. Any server that speaks OpenAI's",
      "chat completions will do; one that asks for no key takes any, such as OPENAI_API_KEY=none.",
      "",
      "Examples:",
      "  export OPENAI_API_KEY=…",
      "  simulator catalogue generate --out=mine.jsonl                    # 200 songs, 25 languages",
      "  simulator catalogue generate --out=mine.jsonl --songs=2000       # goes on from there",
      "  simulator catalogue generate --out=iberia.jsonl --languages=es,pt --regions=ES,PT,BR",
      "  simulator catalogue generate --out=mine.jsonl --max-cost=0.10    # stops before a dime is spent",
      "  OPENAI_BASE_URL=http://127.0.0.1:11434/v1 OPENAI_API_KEY=none \\",
      "    simulator catalogue generate --out=local.jsonl --model=llama3.1 --price-in=0 --price-out=0",
      "  simulator live --catalogue=mine.jsonl                            # play them",
      "",
      "Writes FILE and, beside it, FILE's name with .trends.jsonl. Stopped at any moment, the same",
      "command goes on. Answers are kept in --cache: a catalogue is written anew from them for nothing.",
      "Without a key nothing is lost: the recorded catalogue ships, and is used without --catalogue."
    })
public final class GenerateCommand implements Callable<Integer> {
  private static final Clock CLOCK = Clock.systemUTC();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Songs as JSON Lines; one that is there is continued")
  Path file = Path.of("songs.jsonl");

  @Option(names = "--songs", paramLabel = "N", description = "In the file at the end. Default: 200")
  int songs = 200;

  @Option(
      names = "--languages",
      split = ",",
      paramLabel = "LANGUAGE",
      description = "Such as pt,ja. Default: all of the recorded catalogue")
  @Nullable List<String> languages;

  @Option(
      names = "--regions",
      split = ",",
      paramLabel = "REGION",
      description = "With tastes and trends, such as BR,JP. Default: all")
  @Nullable List<String> regions;

  @Option(
      names = "--trends",
      paramLabel = "N",
      description = "Tastes, and likewise trends, of each region. Default: 1")
  int trends = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Another seed, other songs. Default: 1")
  long seed = 1;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Default: OPENAI_MODEL, else " + Endpoint.DEFAULT_MODEL)
  @Nullable String model;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Of questions and answers in this run. Default: 500000")
  long maxTokens = 500_000;

  @Option(
      names = "--max-cost",
      paramLabel = "MONEY",
      description = "Of this run, by the prices below. Default: 1.00")
  double maxCost = 1;

  @Option(
      names = "--price-in",
      paramLabel = "MONEY",
      description = "For a million tokens of questions. Default: 0.40, look up your model's")
  double priceIn = 0.40;

  @Option(
      names = "--price-out",
      paramLabel = "MONEY",
      description = "For a million tokens of answers. Default: 1.60, look up your model's")
  double priceOut = 1.60;

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description = "Of answers. Default: FILE's name with .answers, beside it")
  @Nullable Path cache;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "For one whole answer. Default: 2m")
  Duration timeout = Duration.ofMinutes(2);

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      description = "How long to wait for a busy server, for one question. Default: 3m")
  Duration patience = Duration.ofMinutes(3);

  @Spec CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;
  private final PrintWriter out;

  /**
   * @param out where a person reads what became of it
   */
  public GenerateCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  /**
   * @return 0 when all is written
   * @throws Failure when a budget, a server or a model kept some of it from being written
   */
  @Override
  public Integer call() throws InterruptedException {
    checkNumbers();
    var recorded = Catalogue.of(null);
    var shares =
        Assignment.shares(
            Region.all(), known("--languages", languages, languagesOf(recorded)), songs);
    var chosen = chosen(Region.all());
    var endpoint = Endpoint.of(environment, model);
    var songBook = new SongBook(file, recorded, seed);
    var trendBook = new TrendBook(TrendBook.fileBeside(file), songBook);
    long total = songs + 2L * trends * chosen.size() - songBook.songs().size() - trendBook.size();
    var budget = new Budget(maxTokens, maxCost, new Budget.Prices(priceIn, priceOut));
    final Author author;
    final Generation generation;
    try (var progress = new Progress(out, "Written", Math.max(0, total))) {
      var languageModel = new LanguageModel(endpoint, timeout, patience, budget, progress::note);
      author = new Author(languageModel, new Answers(cache(), endpoint.model()));
      generation = new Generation(author, songBook, trendBook, recorded, progress::step);
      generation.writeSongs(shares, seed, Year.now(CLOCK).atMonth(12).atEndOfMonth());
      generation.writeTrends(chosen, trends);
    }
    return report(songBook, trendBook, generation.givenUp(), author + "; " + budget);
  }

  private int report(
      SongBook songBook, TrendBook trendBook, List<String> givenUp, String spending) {
    out.printf(
        Locale.ROOT,
        "%,d songs in %s, %,d tastes and trends in %s%n%s%n",
        songBook.songs().size(),
        file,
        trendBook.size(),
        TrendBook.fileBeside(file),
        spending);
    if (givenUp.isEmpty()) {
      return 0;
    }
    throw new Failure(
        "Cannot write %d of them: the model gave no item that passes, for example %s. Run the same command again: it asks for them again"
            .formatted(givenUp.size(), givenUp.get(0)));
  }

  private Path cache() {
    return cache == null ? file.resolveSibling(file.getFileName() + ".answers") : cache;
  }

  private List<Region> chosen(List<Region> all) {
    var codes = known("--regions", regions, all.stream().map(Region::code).toList());
    return all.stream().filter(region -> codes.contains(region.code())).toList();
  }

  private static List<String> languagesOf(Catalogue recorded) {
    return recorded.songs().stream()
        .map(song -> String.valueOf(song.language()))
        .distinct()
        .toList();
  }

  private List<String> known(String option, @Nullable List<String> chosen, List<String> all) {
    if (chosen == null) {
      return all;
    }
    var unknown = chosen.stream().filter(name -> !all.contains(name)).findFirst();
    if (unknown.isPresent()) {
      throw wrong(
          "%s must be some of %s, got '%s'"
              .formatted(option, String.join(",", all), unknown.get()));
    }
    return chosen;
  }

  private void checkNumbers() {
    require(songs >= 0, "--songs must not be below 0, got " + songs);
    require(trends >= 0, "--trends must not be below 0, got " + trends);
    require(maxTokens > 0, "--max-tokens must be above 0, got " + maxTokens);
    require(maxCost > 0, "--max-cost must be above 0, got " + maxCost);
    require(priceIn >= 0, "--price-in must not be below 0, got " + priceIn);
    require(priceOut >= 0, "--price-out must not be below 0, got " + priceOut);
    require(timeout.toMillis() > 0, "--timeout must be above 0, got " + timeout);
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw wrong(rule);
    }
  }

  private ParameterException wrong(String rule) {
    return new ParameterException(spec.commandLine(), rule);
  }
}
