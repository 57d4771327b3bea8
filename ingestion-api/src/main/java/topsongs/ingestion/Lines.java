package topsongs.ingestion;

import java.io.IOException;
import java.io.InputStream;

/** The lines of a body that are not blank, one at a time, of which only so much is kept. */
final class Lines {
  private final InputStream body;
  private final byte[] chunk = new byte[8 * 1024];
  private final byte[] line;
  private int chunkLength;
  private int position;
  private int length;

  Lines(InputStream body, int maxBytes) {
    this.body = body;
    line = new byte[maxBytes];
  }

  /** Goes to the next line; false when there is none. */
  boolean next() throws IOException {
    boolean blank = true;
    length = 0;
    for (int b = read(); b >= 0; b = read()) {
      if (b == '\n') {
        if (!blank) {
          return true;
        }
        length = 0;
        continue;
      }
      blank &= b == ' ' || b == '\t' || b == '\r';
      keep((byte) b);
    }
    return !blank;
  }

  boolean isTooLong() {
    return length > line.length;
  }

  /** Of which the first {@link #length} are the line. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  private void keep(byte b) {
    if (length < line.length) {
      line[length] = b;
    }
    length = Math.min(length + 1, line.length + 1);
  }

  private int read() throws IOException {
    if (position == chunkLength) {
      chunkLength = Math.max(body.read(chunk), 0);
      position = 0;
    }
    return chunkLength == 0 ? -1 : chunk[position++];
  }
}
