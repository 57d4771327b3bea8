package topsongs.ingestion;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.http.HttpHeaders;

/** The body of a request, read as it arrives, never beyond its limit nor beyond its time. */
final class Body extends FilterInputStream {
  /**
   * How long a body may take. Tomcat bounds each pause, but not how many there are: a byte every
   * few seconds would keep a place in flight for hours.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int limit;
  private final long deadline;
  private int read;

  Body(InputStream in, int limit, Duration patience) {
    super(in);
    this.limit = limit;
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /**
   * @throws Refusal when the headers already say that it is too large, or that it is compressed
   */
  static Body of(HttpServletRequest request, int limit) throws IOException {
    if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
      throw Refusal.unsupported("A body must not be compressed (Content-Encoding)");
    }
    if (request.getContentLengthLong() > limit) {
      throw tooLarge(limit);
    }
    return new Body(request.getInputStream(), limit, PATIENCE);
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    count(Math.max(n, 0));
    return n;
  }

  private void count(int n) {
    read += n;
    if (read > limit) {
      throw tooLarge(limit);
    }
    if (System.nanoTime() - deadline >= 0) {
      throw Refusal.tooSlow("The body took too long to arrive");
    }
  }

  private static Refusal tooLarge(int limit) {
    return Refusal.tooLarge("The body must be at most %d KiB".formatted(limit / 1024));
  }
}
