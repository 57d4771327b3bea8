package topsongs.simulator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * Every delivery that ingestion-api has acknowledged, a line each, all of one length:
 * event_id,played_at,acknowledged_at. Each batch is on disk before the next is written, so that
 * whoever reads it while plays are sent knows how many there are. Not thread-safe.
 */
final class AccountFile {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path file;
  private final BufferedWriter out;

  /** Begins the file anew. */
  AccountFile(Path file) {
    this.file = file;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /**
   * @param at when the answer came, in epoch milliseconds
   */
  void acknowledged(Play play, long at) {
    try {
      out.append(new UUID(play.idHigh(), play.idLow()).toString())
          .append(',')
          .append(text(play.playedAt()))
          .append(',')
          .append(text(at))
          .append('\n');
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static String text(long epochMillis) {
    return MILLISECONDS.format(Instant.ofEpochMilli(epochMillis));
  }

  private Failure unwritable(IOException e) {
    return new Failure("Cannot write the account to %s: %s".formatted(file, e));
  }
}
