package topsongs.streaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/**
 * A file that is written after every micro-batch and every look that found nothing: its age is how
 * long the stream has been silent, which a health check outside this process can read.
 */
final class Heartbeat extends StreamingQueryListener {
  private final Path file;

  Heartbeat(Path file) {
    this.file = file;
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {}

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    beat(event.progress().timestamp());
  }

  @Override
  public void onQueryIdle(QueryIdleEvent event) {
    beat(event.timestamp());
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {}

  private void beat(String looked) {
    try {
      Files.writeString(file, looked);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
