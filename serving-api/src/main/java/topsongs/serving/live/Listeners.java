package topsongs.serving.live;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** All who listen, and what was told lately, for those who come back. */
@Component
@EnableConfigurationProperties(LiveSettings.class)
public class Listeners implements AutoCloseable {
  private static final int KEPT = 1_000;

  /** Fewer than may wait with a listener, who would lose the greeting otherwise. */
  private static final int REPLAYED = 250;

  private static final Duration STATUS_PAUSE = Duration.ofSeconds(5);

  private final LiveSettings settings;
  private final JsonMapper json;
  private final Set<Listener> all = ConcurrentHashMap.newKeySet();
  private final Deque<Told> kept = new ArrayDeque<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "live-clock");
            thread.setDaemon(true);
            return thread;
          });

  private boolean hearing;

  /** Begins the ids of events. Another one means that some may have been missed. */
  private String since = "";

  private long number;
  private boolean statusDue;
  private Instant statusToldAt = Instant.EPOCH;

  Listeners(LiveSettings settings, JsonMapper json, MeterRegistry metrics) {
    this.settings = settings;
    this.json = json;
    metrics.gaugeCollectionSize("topsongs.live.listeners", List.of(), all);
    var beat = settings.heartbeat().toMillis();
    var unused = clock.scheduleAtFixedRate(this::beat, beat, beat, TimeUnit.MILLISECONDS);
  }

  /** A change as it was told. */
  private record Told(long number, ChangedChart chart, Event event) {}

  /**
   * Takes on another listener, who hears first what came after the event that is named.
   *
   * @param lastEventId the last that was heard over an earlier connection
   * @param network where the listener is; null: on this machine, and as many as there are places
   * @param exchange begun only for those who are taken on
   * @throws NotLive when there are too many, or changes are not heard
   */
  public synchronized void add(
      Wanted wanted,
      @Nullable String lastEventId,
      @Nullable String network,
      Supplier<AsyncContext> exchange)
      throws IOException {
    if (!hearing) {
      throw new NotLive("the database does not tell them");
    }
    if (all.size() >= settings.listeners()) {
      throw new NotLive("%d listen already".formatted(settings.listeners()));
    }
    if (network != null && listeners(network) >= settings.listenersOfOneNetwork()) {
      throw new NotLive(
          "%d listen already from one address".formatted(settings.listenersOfOneNetwork()));
    }
    var listener = new Listener(exchange.get(), wanted, network, all::remove);
    greet(listener, lastEventId);
    all.add(listener);
    listener.start();
  }

  private long listeners(String network) {
    return all.stream().filter(listener -> network.equals(listener.network())).count();
  }

  private void greet(Listener listener, @Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isEmpty()) {
      send(listener, Event.greeting(id()));
      return;
    }
    send(listener, Event.greeting(null));
    var heard = heard(lastEventId);
    var missed =
        kept.stream().filter(told -> told.number > heard && listener.wants(told.chart)).toList();
    if (heard < 0 || missed.size() > REPLAYED) {
      send(listener, resync());
      return;
    }
    missed.forEach(told -> send(listener, told.event));
    send(listener, status());
  }

  /** The number of the last event that was heard; negative where not all since then are kept. */
  private long heard(String id) {
    var oldest = number - kept.size();
    var prefix = since + "-";
    if (!id.startsWith(prefix) || !id.substring(prefix.length()).matches("[0-9]{1,18}")) {
      return -1;
    }
    var heard = Long.parseLong(id.substring(prefix.length()));
    return heard >= oldest && heard <= number ? heard : -1;
  }

  /** From now on changes are heard. Whoever listened before may have missed some. */
  synchronized void begin(String since) {
    this.since = since;
    hearing = !clock.isShutdown();
    number = 0;
    kept.clear();
    tellResync();
  }

  /** Changes are not heard until {@link #begin}. Those who listen stay, others ask later. */
  synchronized void end() {
    hearing = false;
  }

  synchronized void tell(Collection<ChangedChart> charts) {
    for (var chart : charts) {
      number++;
      var event = Event.of(id(), "chart", json.writeValueAsString(chart));
      kept.add(new Told(number, chart, event));
      if (kept.size() > KEPT) {
        kept.remove();
      }
      all.stream()
          .filter(listener -> listener.wants(chart))
          .forEach(listener -> send(listener, event));
    }
  }

  /**
   * Tells all that what they show may have changed in a way that no event names, also those who are
   * between two connections: no earlier event is one to go on from.
   */
  synchronized void askAgain() {
    number++;
    kept.clear();
    tellResync();
  }

  private void tellResync() {
    all.forEach(listener -> send(listener, resync()));
  }

  /** Tells all that the pipeline's status changed, now or when the last time is long enough ago. */
  synchronized void tellStatus() {
    if (!statusDue && !clock.isShutdown()) {
      statusDue = true;
      var wait = Duration.between(Instant.now(), statusToldAt.plus(STATUS_PAUSE)).toMillis();
      var unused = clock.schedule(this::tellDueStatus, Math.max(0, wait), TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void tellDueStatus() {
    statusDue = false;
    statusToldAt = Instant.now();
    all.forEach(listener -> send(listener, status()));
  }

  private void beat() {
    all.forEach(Listener::beat);
  }

  private void send(Listener listener, Event event) {
    listener.send(event, resync());
  }

  private String id() {
    return since + "-" + number;
  }

  private Event resync() {
    return Event.of(id(), "resync", "{}");
  }

  private Event status() {
    return Event.of(id(), "status", "{}");
  }

  /** Ends all open answers, so that nobody waits for them to end. */
  @Override
  public void close() {
    end();
    clock.shutdownNow();
    all.forEach(Listener::close);
  }
}
