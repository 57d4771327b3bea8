package topsongs.serving.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One open answer. Whoever tells something never waits for it: what the connection does not take at
 * once waits here, and the container goes on when it can. So a thousand listeners need no thread.
 */
final class Listener implements WriteListener, AsyncListener {
  /** Then one word takes the place of all of them: ask again. */
  private static final int WAITING = 256;

  private final AsyncContext exchange;
  private final ServletOutputStream output;
  private final Wanted wanted;
  private final @Nullable String network;
  private final Consumer<Listener> whenGone;
  private final Deque<Event> waiting = new ArrayDeque<>();
  private boolean open;
  private boolean unflushed;
  private boolean late;
  private boolean gone;

  Listener(
      AsyncContext exchange, Wanted wanted, @Nullable String network, Consumer<Listener> whenGone)
      throws IOException {
    this.exchange = exchange;
    this.output = exchange.getResponse().getOutputStream();
    this.wanted = wanted;
    this.network = network;
    this.whenGone = whenGone;
  }

  /** What comes before is sent first, as soon as the request's own thread has let go. */
  void start() {
    exchange.addListener(this);
    exchange.setTimeout(0);
    output.setWriteListener(this);
  }

  @Nullable String network() {
    return network;
  }

  boolean wants(ChangedChart chart) {
    return wanted.includes(chart);
  }

  /**
   * @param instead what is sent when too much waits, after which it need not be
   */
  void send(Event event, Event instead) {
    synchronized (this) {
      if (waiting.size() == WAITING) {
        waiting.clear();
        waiting.add(instead);
      } else {
        waiting.add(event);
      }
    }
    write();
  }

  /** Drops whose connection, and what buffers it, has not taken anything since the last one. */
  void beat() {
    boolean dropped;
    synchronized (this) {
      dropped = late && !waiting.isEmpty();
      late = !waiting.isEmpty();
      if (!late) {
        waiting.add(Event.HEARTBEAT);
      }
    }
    if (dropped) {
      close();
    } else {
      write();
    }
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      open = true;
    }
    write();
  }

  private void write() {
    try {
      writeWhatItTakes();
    } catch (IOException | RuntimeException e) {
      // The browser has gone, which is how it says goodbye; the container may have noticed first.
      close();
    }
  }

  private synchronized void writeWhatItTakes() throws IOException {
    while (open && !gone && (unflushed || !waiting.isEmpty()) && output.isReady()) {
      if (waiting.isEmpty()) {
        output.flush();
        unflushed = false;
      } else {
        output.write(waiting.remove().bytes());
        unflushed = true;
        late = false;
      }
    }
  }

  void close() {
    whenGone.accept(this);
    complete();
  }

  /** Never while another thread writes: the container would end what is in use. */
  private synchronized void complete() {
    gone = true;
    waiting.clear();
    try {
      exchange.complete();
    } catch (IllegalStateException e) {
      // The container was faster.
    }
  }

  @Override
  public void onError(Throwable failure) {
    close();
  }

  @Override
  public void onError(AsyncEvent event) {
    close();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    close();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    whenGone.accept(this);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
