package topsongs.ingestion;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/** The topic of plays, as something one can append to and know that it is there. */
@Component
class PlaysTopic {
  /** Longer than the producer's max.block.ms or delivery.timeout.ms, shorter than both. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final Duration[] BUCKETS =
      IntStream.of(5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final ProducerFactory<byte[], byte[]> producers;
  private final KafkaHealth kafka;
  private final Timer acknowledgement;

  PlaysTopic(ProducerFactory<byte[], byte[]> producers, KafkaHealth kafka, MeterRegistry meters) {
    this.producers = producers;
    this.kafka = kafka;
    this.acknowledgement =
        Timer.builder("topsongs.plays.acknowledgement")
            .description("From handing a request's plays to the producer until Kafka has them all")
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
  }

  /**
   * Returns when all in-sync replicas have every play.
   *
   * @throws Refusal when any could not be acknowledged in time; some may be in Kafka all the same
   */
  void append(List<ProducerRecord<byte[], byte[]>> plays) {
    if (!kafka.hasSeenTopics()) {
      throw Refusal.unavailable("Kafka has not answered yet; send it again later");
    }
    long start = System.nanoTime();
    var acks = new Acks(plays.size(), start + PATIENCE.toNanos());
    try {
      send(plays, acks);
    } catch (KafkaException | IllegalStateException e) {
      throw notAcknowledged();
    }
    if (!acks.arrive()) {
      throw notAcknowledged();
    }
    acknowledgement.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }

  /** A new producer per request costs nothing: it is the shared one, replaced when it is broken. */
  private void send(List<ProducerRecord<byte[], byte[]>> plays, Acks acks) {
    try (var producer = producers.createProducer()) {
      for (var play : plays) {
        if (acks.areLost()) {
          return;
        }
        var unused = producer.send(play, acks);
      }
    }
  }

  private static Refusal notAcknowledged() {
    return Refusal.unavailable(
        "Kafka did not acknowledge every play; send all of them again later, each counts once");
  }

  /** The acknowledgements of one request, counted as they come. */
  private static final class Acks implements Callback {
    private final CountDownLatch missing;
    private final long deadline;
    private volatile boolean failed;

    Acks(int count, long deadline) {
      this.missing = new CountDownLatch(count);
      this.deadline = deadline;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
      if (failure != null) {
        failed = true;
      }
      missing.countDown();
    }

    /** Sending on would only block: each further play as long as the first. */
    boolean areLost() {
      return failed || System.nanoTime() - deadline > 0;
    }

    /** Waits until all are here; false when they will not be. */
    boolean arrive() {
      try {
        return !failed
            && missing.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
            && !failed;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
