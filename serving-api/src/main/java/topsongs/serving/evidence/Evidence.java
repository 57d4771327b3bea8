package topsongs.serving.evidence;

import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import topsongs.contract.CountingRules;
import topsongs.contract.Lake;

/**
 * What the lake holds of a chart, counted when it is asked. Whose plays they are stays in here: no
 * answer has a user_id.
 */
@Component
@EnableConfigurationProperties(EvidenceSettings.class)
public class Evidence implements AutoCloseable {
  private final EvidenceSettings settings;
  private final Path scratch = Scratch.make();
  private final Turns turns;
  private final @Nullable LakeFolders lake;

  Evidence(EvidenceSettings settings) {
    this.settings = settings;
    this.turns = new Turns(settings.patience());
    this.lake = lake(settings, scratch);
  }

  private static @Nullable LakeFolders lake(EvidenceSettings settings, Path scratch) {
    if (settings.lake().startsWith("file:/")) {
      return new FolderLake(Path.of(settings.lake().replaceFirst("^file:/+", "/")));
    }
    if (!settings.lake().startsWith("s3a://")) {
      throw new IllegalArgumentException(
          "Cannot open the lake: TOP_SONGS_LAKE must be s3a://BUCKET or file:///FOLDER, got '%s'"
              .formatted(settings.lake()));
    }
    var bucket = settings.lake().substring("s3a://".length()).replaceAll("/+$", "");
    return settings.accessKey().isEmpty()
        ? null
        : new BucketLake(settings, bucket, new Fetched(scratch, settings.disk().toBytes()));
  }

  /** A whole chart, by one version of the rules. */
  public record Count(
      long plays,
      long listeners,
      long songs,
      long received,
      long duplicate,
      long tooShort,
      long overCap,
      long excluded,
      long unknownSong) {
    static final Count NONE = new Count(0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  public record Standing(int position, int rank, boolean tied, long plays, long listeners) {}

  /** A song's standing by either version; null where it has no counted play. */
  public record Compared(String songId, @Nullable Standing base, @Nullable Standing other) {}

  public record Comparison(Count base, Count other, List<Compared> songs) {}

  /** The chart by two versions of the rules, and the best songs of both. */
  public Comparison compare(ChartKey chart, CountingRules base, CountingRules other, int best) {
    return ask(
        question ->
            question
                .counting(chart)
                .map(counting -> counting.compare(base, other, best))
                .orElse(new Comparison(Count.NONE, Count.NONE, List.of())));
  }

  /**
   * @param margin how many plays lie between
   */
  public record Neighbour(String songId, long plays, long margin) {}

  /**
   * One song of a chart: its counted plays and why others are not.
   *
   * @param firstPlay of the counted ones
   */
  public record SongCount(
      Standing standing,
      long received,
      long duplicate,
      long tooShort,
      long overCap,
      long excluded,
      @Nullable Neighbour above,
      @Nullable Neighbour below,
      @Nullable Instant firstPlay,
      @Nullable Instant lastPlay) {
    public static final SongCount NONE =
        new SongCount(new Standing(0, 0, false, 0, 0), 0, 0, 0, 0, 0, null, null, null, null);

    SongCount played(@Nullable Instant first, @Nullable Instant last) {
      return new SongCount(
          standing, received, duplicate, tooShort, overCap, excluded, above, below, first, last);
    }
  }

  /**
   * @param bytes null when the file has left the lake
   */
  public record File(String path, @Nullable Long bytes) {}

  /** The raw files that a chart is made from. */
  public record Files(List<File> files, long bytes, String checksum) {}

  public record Account(Optional<SongCount> song, Files files) {}

  /** What became of a song's plays, and what they are counted from. */
  public Account account(ChartKey chart, CountingRules rules, String songId) {
    return ask(
        question ->
            new Account(
                question.counting(chart).flatMap(counting -> counting.song(rules, songId)),
                question.files(chart.period())));
  }

  public record TracedPlay(
      String eventId,
      Instant playedAt,
      int msPlayed,
      @Nullable String platform,
      long deliveries,
      @Schema(allowableValues = {"counted", "too_short", "over_cap", "excluded"}) String outcome) {}

  /** The first of a song's plays by played_at, those that do not count included. */
  public List<TracedPlay> plays(ChartKey chart, CountingRules rules, String songId, int most) {
    return ask(
        question ->
            question
                .counting(chart)
                .map(counting -> counting.plays(rules, songId, most))
                .orElse(List.of()));
  }

  public record Delivery(
      Instant receivedAt, int kafkaPartition, long kafkaOffset, String file, boolean kept) {}

  /** One play as it was received. */
  public record Received(
      String eventId,
      Instant playedAt,
      String region,
      String songId,
      int msPlayed,
      @Nullable String platform,
      List<Delivery> deliveries) {}

  /**
   * @param nth among this listener's plays of this song in the chart that could count
   */
  public record Fate(String outcome, long nth) {}

  /**
   * @param fates no entry where a chart has not heard the play
   */
  public record Traced(Received play, Map<ChartKey, Fate> fates) {}

  /**
   * One play, and what became of it in charts. All of it is one turn and has one deadline.
   *
   * @param charts which charts could count the play, each with the rules that it was made by
   * @return empty when plays/ has no such play
   */
  public Optional<Traced> trace(
      String eventId, Instant playedAt, Function<Received, Map<ChartKey, CountingRules>> charts) {
    return inTurn(
        deadline ->
            answer(deadline, question -> deliveries(question, eventId, playedAt))
                .map(play -> new Traced(play, fates(deadline, play, charts.apply(play)))));
  }

  private static Optional<Received> deliveries(
      Question question, String eventId, Instant playedAt) {
    return question.deliveries(playedAt).flatMap(all -> all.of(eventId, playedAt));
  }

  private Map<ChartKey, Fate> fates(
      Deadline deadline, Received play, Map<ChartKey, CountingRules> charts) {
    var fates = new HashMap<ChartKey, Fate>();
    charts.forEach(
        (chart, rules) ->
            answer(deadline, question -> fate(question, play, chart, rules))
                .ifPresent(fate -> fates.put(chart, fate)));
    return fates;
  }

  private static Optional<Fate> fate(
      Question question, Received play, ChartKey chart, CountingRules rules) {
    return question
        .counting(chart)
        .flatMap(counting -> counting.fate(rules, play.songId(), play.eventId(), play.playedAt()));
  }

  /**
   * What the stream says of itself, as JSON ({@link Lake#STREAM_PROGRESS}). One small object: this
   * takes no turn.
   *
   * @return empty when there is no lake, or the stream has not caught up for the first time
   */
  public Optional<String> streamProgress() {
    return lake == null ? Optional.empty() : lake.text(Lake.STREAM_PROGRESS);
  }

  private <T> T ask(Function<Question, T> asked) {
    return inTurn(deadline -> answer(deadline, asked));
  }

  private <T> T inTurn(Function<Deadline, T> work) {
    return turns.take(() -> work.apply(new Deadline(settings.timeLimit())));
  }

  private <T> T answer(Deadline deadline, Function<Question, T> asked) {
    if (lake == null) {
      throw new LakeUnreadable("serving-api is not told where it is");
    }
    try (var tables = Tables.open(settings, scratch, deadline)) {
      return asked.apply(new Question(lake, tables, deadline));
    }
  }

  @Override
  public void close() {
    if (lake != null) {
      lake.close();
    }
    Scratch.delete(scratch);
  }
}
