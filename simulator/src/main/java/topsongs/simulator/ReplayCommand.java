package topsongs.simulator;

import io.minio.errors.MinioException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import topsongs.contract.Lake;
import topsongs.contract.PlayEvent;
import topsongs.simulator.replay.ChartFile;
import topsongs.simulator.replay.Replay;
import topsongs.simulator.replay.Scale;
import topsongs.simulator.replay.SongFile;
import topsongs.simulator.replay.Streams;

@Command(
    name = "replay",
    description = {
      "Posts the plays that rebuild a published chart: as many of each song as it was streamed, scaled.",
      "The same files and options are the same plays, byte for byte: again, they add only duplicates."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Reads CSV files as Spotify Charts gives them (uri, artist_names, track_name, streams; the region",
      "is in the name), and files of many regions (chart_date, region, track_uri, track, artist, streams).",
      "Rows of the region 'global' are skipped: GLOBAL is the sum of the regions.",
      "",
      "Examples:",
      "  simulator replay regional-br-weekly-2023-12-28.csv --publish       # yesterday, 1:1000",
      "  simulator replay regional-br-*.csv regional-ar-*.csv --scale=1:100 --date=2023-12-28",
      "  simulator replay top.csv --region=BR --scale=0.01 --day=2026-11-20 --truth=truth.jsonl",
      "  simulator replay top.csv --region=BR --rate=500 --retries=0.05 --late-hours=0.01 --await-lake",
      "  simulator replay week.csv --songs=songs.csv --from=2026-11-20T00:00Z --to=2026-11-20T06:00Z",
      "",
      "Exit code: 0 all sent, 1 a file cannot be read or ingestion-api is away or refuses, 2 wrong usage."
    })
final class ReplayCommand implements Callable<Integer> {
  private static final Clock CLOCK = Clock.systemUTC();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Charts of one date, as CSV.")
  List<Path> files = List.of();

  @Option(
      names = "--scale",
      paramLabel = "RATIO",
      description =
          "Plays for streams, such as 1:1000 or 0.001; each song to the nearest play, halves to the even one. Default: 1:1000")
  String scale = "1:1000";

  @Option(
      names = "--region",
      paramLabel = "CODE",
      description = "Of a file that does not say; of many regions, only this one.")
  @Nullable String region;

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      description = "Of a file that does not say; of many dates, only this one.")
  @Nullable LocalDate date;

  @Option(
      names = "--day",
      paramLabel = "YYYY-MM-DD",
      description = "Day (UTC) to spread the plays over. Default: yesterday")
  @Nullable LocalDate day;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "First instant, such as 2026-11-22T13:00Z, in place of --day; with --to.")
  @Nullable Instant from;

  @Option(names = "--to", paramLabel = "INSTANT", description = "End of the range, not included.")
  @Nullable Instant to;

  @Option(
      names = "--songs",
      paramLabel = "FILE",
      description = "Lengths and genres, as CSV: track_uri, genres, duration_ms.")
  @Nullable Path songs;

  @Option(
      names = "--publish",
      description =
          "First add the songs to the lake's catalogue; without, unknown ones are charted under their ids.")
  boolean publish;

  @Mixin private final CommandSpec faults = FaultOptions.spec();

  @Mixin private final DeliveryOptions delivery = new DeliveryOptions();

  private final Map<String, String> environment;
  private final PrintWriter out;

  ReplayCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    var replay = replay();
    var crowd = new ReplayCrowd(replay, songs == null ? Map.of() : SongFile.read(songs));
    var stage = crowd.stage(FaultOptions.shares(faults));
    delivery.requireSense();
    tellPlan(replay, crowd);
    if (publish) {
      publish(crowd.songs());
    }
    delivery.deliver("replay", stage, replay.plays(), crowd::forEach, environment, out);
    return 0;
  }

  private Replay replay() {
    requireSense();
    var streams = new ArrayList<Streams>();
    var wanted = date == null ? null : date.toString();
    files.forEach(file -> streams.addAll(new ChartFile(file, region, wanted).read()));
    if (streams.isEmpty()) {
      throw new Failure(
          "Cannot replay %s: no chart of %s%s is in it; that of 'global' is the sum of the regions and is skipped"
              .formatted(
                  files.get(0),
                  region == null ? "a region" : region,
                  date == null ? "" : " and " + date));
    }
    requireOneChart(streams);
    return new Replay(streams, Scale.parse(scale), start().toEpochMilli(), end().toEpochMilli());
  }

  private static void requireOneChart(List<Streams> streams) {
    var dates = streams.stream().map(Streams::date).distinct().sorted().toList();
    require(
        dates.size() == 1,
        "the files must be of one date, got %s; choose by --date".formatted(dates));
    var charted = new HashSet<String>();
    for (Streams song : streams) {
      require(
          charted.add(song.region() + song.songId()),
          "a song must be once in a region's chart, got %s again in %s"
              .formatted(song.songId(), song.region()));
    }
  }

  private Instant start() {
    return from == null ? startOfDay(day()) : from;
  }

  private Instant end() {
    return to == null ? startOfDay(day().plusDays(1)) : to;
  }

  private LocalDate day() {
    return day == null ? LocalDate.now(CLOCK).minusDays(1) : day;
  }

  private static Instant startOfDay(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private void requireSense() {
    var now = CLOCK.instant();
    require((from == null) == (to == null), "--from and --to must be given together");
    require(from == null || day == null, "--day and --from must not be given together");
    require(
        start().isBefore(end()),
        "--from must be before --to, got %s and %s".formatted(start(), end()));
    require(
        start().isAfter(now.minus(PlayEvent.MAX_AGE)) && !end().isAfter(now),
        "the range must be within the last 14 days, got %s to %s".formatted(start(), end()));
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new Failure("Cannot replay: " + rule);
    }
  }

  private void tellPlan(Replay replay, ReplayCrowd crowd) {
    out.printf(
        Locale.ROOT,
        "%,d plays of %,d songs in %,d regions from %s to %s, chart of %s at %s%n",
        replay.plays(),
        crowd.songs().size(),
        crowd.regions().size(),
        start(),
        end(),
        replay.streams().get(0).date(),
        scale);
  }

  private void publish(List<Song> songs) throws Exception {
    try (var lake = LakeBucket.of(environment)) {
      var known = Catalogue.ofLake(lake.songs());
      var all = known.with(songs);
      lake.putSongs(all.jsonl());
      out.printf(
          Locale.ROOT,
          "%,d songs added to %,d in %s/%s%n",
          all.songs().size() - known.songs().size(),
          known.songs().size(),
          lake.name(),
          Lake.SONGS);
    } catch (MinioException e) {
      throw new Failure(
          "Cannot publish the songs: %s; is the stack up? ./top-songs up"
              .formatted(e.getMessage()));
    }
  }
}
