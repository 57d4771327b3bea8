package topsongs.serving.live;

/** Changes cannot be told for the time being; charts can be asked for. */
public class NotLive extends RuntimeException {
  NotLive(String reason) {
    super("Cannot tell changes: " + reason);
  }
}
