package topsongs.streaming;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Minutes;

/**
 * Publishes, after each micro-batch and while there is nothing to do, up to which time everything
 * is in the lake. Spark calls it from one thread, in order, after a micro-batch is committed.
 */
final class ProgressListener extends StreamingQueryListener {
  /** A broker stamps a record a moment before anybody can read it. */
  private static final Duration UNSEEN = Duration.ofSeconds(1);

  private final ProgressFile file;
  private final Clock clock;
  private final Instant lastLook;
  private final Completeness completeness = new Completeness();

  private Instant completeUntil = Instant.EPOCH;
  private long batchId = -1;
  private Instant beganAt = Instant.EPOCH;
  private Map<Integer, Long> firstOffsets;
  private Map<Integer, Long> offsets = new TreeMap<>();
  private long waiting;
  private Minutes minutes = new Minutes();

  /**
   * @param earliest the first offset that Kafka has of each partition
   * @param lastLook the stream does not look for plays that reach Kafka later than this
   */
  ProgressListener(ProgressFile file, Clock clock, Map<Integer, Long> earliest, Instant lastLook) {
    this.file = file;
    this.firstOffsets = earliest;
    this.clock = clock;
    this.lastLook = lastLook;
  }

  /** Goes on from what an earlier run of the same query published. */
  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    beganAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    file.read()
        .filter(earlier -> earlier.queryId().equals(event.id().toString()))
        .ifPresent(
            earlier -> {
              completeUntil = earlier.completeUntil();
              batchId = earlier.batchId();
              beganAt = earlier.beganAt();
              firstOffsets = earlier.firstOffsets();
              offsets = earlier.offsets();
              waiting = earlier.waiting();
              minutes = Minutes.of(earlier.minutes());
            });
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    var progress = event.progress();
    var kafka = progress.sources()[0];
    batchId = progress.batchId();
    var end = StreamProgress.kafkaOffsets(kafka.endOffset());
    minutes.add(clock.instant(), records(begun(kafka.startOffset(), end), end));
    offsets = end;
    // A micro-batch that is replayed after a crash has its offsets from the checkpoint: no look.
    if (kafka.latestOffset() != null) {
      var latest = StreamProgress.kafkaOffsets(kafka.latestOffset());
      completeness.looked(look(progress.timestamp()), latest);
      waiting = records(offsets, latest);
    }
    completeness.committed(offsets).ifPresent(this::advance);
    publish(event.progress().id().toString());
  }

  /** Kafka was looked at and held nothing that is not committed. */
  @Override
  public void onQueryIdle(QueryIdleEvent event) {
    advance(look(event.timestamp()));
    waiting = 0;
    publish(event.id().toString());
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {}

  /**
   * Where the micro-batch began: where the last ended, lest one that is replayed after a crash
   * counts twice. What Spark says of it, null of the first, helps where nothing was published yet.
   */
  private Map<Integer, Long> begun(@Nullable String start, Map<Integer, Long> end) {
    var begun = new TreeMap<Integer, Long>();
    end.keySet().forEach(p -> begun.put(p, firstOffsets.getOrDefault(p, 0L)));
    if (start != null) {
      begun.putAll(StreamProgress.kafkaOffsets(start));
    }
    begun.putAll(offsets);
    return begun;
  }

  private static long records(Map<Integer, Long> from, Map<Integer, Long> to) {
    return to.entrySet().stream()
        .mapToLong(p -> Math.max(0, p.getValue() - from.getOrDefault(p.getKey(), 0L)))
        .sum();
  }

  /** Spark's time of a trigger is taken before the trigger asks Kafka for offsets. */
  private Instant look(String triggered) {
    var at = Instant.parse(triggered);
    return (at.isAfter(lastLook) ? lastLook : at).minus(UNSEEN).truncatedTo(ChronoUnit.MILLIS);
  }

  private void advance(Instant until) {
    if (until.isAfter(completeUntil)) {
      completeUntil = until;
    }
  }

  private void publish(String queryId) {
    if (completeUntil.isAfter(Instant.EPOCH)) {
      var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      file.write(
          new StreamProgress(
              completeUntil,
              now,
              queryId,
              batchId,
              beganAt,
              firstOffsets,
              offsets,
              waiting,
              minutes.toMap()));
    }
  }
}
