package topsongs.serving.live;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A server-sent event as it goes over the wire, made once for all who hear it. */
record Event(byte[] bytes) {
  /** Keeps a proxy from closing what it takes for idle. */
  static final Event HEARTBEAT = new Event(": \n\n");

  private Event(String text) {
    this(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Comes first. Its id, where it has one, is what a listener names who lost the connection before
   * any event came.
   */
  static Event greeting(@Nullable String id) {
    return new Event(
        ": changes as they are committed\nretry: 5000\n%s\n"
            .formatted(id == null ? "" : "id: " + id + "\n"));
  }

  static Event of(String id, String name, String data) {
    return new Event("id: %s\nevent: %s\ndata: %s\n\n".formatted(id, name, data));
  }
}
