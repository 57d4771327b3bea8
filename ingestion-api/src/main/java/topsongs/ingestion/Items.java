package topsongs.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The items of a batch, one at a time: lines, or values of JSON. Only so much of each is kept,
 * however long it is. Of JSON this sees where values begin and end; what is in them it does not
 * judge.
 */
final class Items {
  private final InputStream body;
  private final byte[] chunk = new byte[8 * 1024];
  private final byte[] item;
  private int chunkLength;
  private int position;
  private int length;

  Items(InputStream body, int maxBytes) {
    this.body = body;
    item = new byte[maxBytes];
  }

  /** Of which the first {@link #length} are the item. */
  byte[] bytes() {
    return item;
  }

  int length() {
    return length;
  }

  boolean isTooLong() {
    return length > item.length;
  }

  boolean isNow(byte[] expected) {
    return !isTooLong() && Arrays.equals(item, 0, length, expected, 0, expected.length);
  }

  /** Goes to the next line that is not blank; false when there is none. */
  boolean nextLine() throws IOException {
    boolean blank = true;
    length = 0;
    for (; peek() >= 0; position++) {
      if (peek() != '\n') {
        blank &= isBlank(peek());
        keep((byte) peek());
      } else if (blank) {
        length = 0;
      } else {
        position++;
        return true;
      }
    }
    return !blank;
  }

  /**
   * Goes to the value that begins here, and past it.
   *
   * @throws Refusal when there is none, or no end to it
   */
  void nextValue() throws IOException {
    length = 0;
    skipBlanks();
    for (int depth = 0; depth > 0 || !isAfterValue(peek()); ) {
      byte b = keepNext();
      if (b == '"') {
        keepRestOfString();
      } else {
        depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
      }
    }
    if (length == 0) {
      throw missing("a value");
    }
  }

  /**
   * Goes to the name of a field, and past its colon.
   *
   * @throws Refusal when there is none
   */
  void nextName() throws IOException {
    length = 0;
    require('"');
    keepRestOfString();
    require(':');
  }

  /** Past this character, where it comes next. */
  boolean skip(char expected) throws IOException {
    skipBlanks();
    if (peek() != expected) {
      return false;
    }
    position++;
    return true;
  }

  void require(char expected) throws IOException {
    if (!skip(expected)) {
      throw missing(Character.toString(expected));
    }
  }

  boolean isAtEnd() throws IOException {
    skipBlanks();
    return peek() < 0;
  }

  private void keepRestOfString() throws IOException {
    for (byte b = keepNext(); b != '"'; b = keepNext()) {
      if (b == '\\') {
        keepNext();
      }
    }
  }

  private byte keepNext() throws IOException {
    if (peek() < 0) {
      throw missing("more");
    }
    byte b = chunk[position++];
    keep(b);
    return b;
  }

  private void keep(byte b) {
    if (length < item.length) {
      item[length] = b;
    }
    length = Math.min(length + 1, item.length + 1);
  }

  private void skipBlanks() throws IOException {
    while (isBlank(peek()) || peek() == '\n') {
      position++;
    }
  }

  private int peek() throws IOException {
    if (position == chunkLength) {
      chunkLength = Math.max(body.read(chunk), 0);
      position = 0;
    }
    return chunkLength == 0 ? -1 : chunk[position] & 0xff;
  }

  private Refusal missing(String expected) throws IOException {
    var found = peek() < 0 ? "its end" : "'%c'".formatted(peek());
    return Refusal.malformed(
        "The JSON cannot be read: %s expected, got %s".formatted(expected, found));
  }

  private static boolean isBlank(int b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private static boolean isAfterValue(int b) {
    return b == ',' || b == ']' || b == '}' || b < 0;
  }
}
