package topsongs.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The body of a batch: {@code {"NAME": […]}}, or one item a line. */
final class BatchBody {
  static final int MAX_BYTES = 11 * 1024 * 1024;
  static final int MAX_ITEMS = 1_000;

  private final Items items;
  private final String name;
  private final byte[] quotedEnd;
  private final Each each;
  private int count;

  /** What is done with each item; its place in the body starts at 0. */
  interface Each {
    void take(int index, Items item);
  }

  private BatchBody(InputStream body, int maxItemBytes, String name, Each each) {
    this.items = new Items(body, maxItemBytes);
    this.name = name;
    this.quotedEnd = (name + "\"").getBytes(StandardCharsets.US_ASCII);
    this.each = each;
  }

  /**
   * Reads {@code {"NAME": […]}}.
   *
   * @param name of the array, such as plays
   * @throws Refusal when the body as a whole is not that
   */
  static void readJson(InputStream body, int maxItemBytes, String name, Each each)
      throws IOException {
    new BatchBody(body, maxItemBytes, name, each).readJson();
  }

  /**
   * Reads one item per line; blank lines are not counted.
   *
   * @throws Refusal when there is no line at all, or more than 1,000
   */
  static void readLines(InputStream body, int maxItemBytes, String name, Each each)
      throws IOException {
    var lines = new BatchBody(body, maxItemBytes, name, each);
    while (lines.items.nextLine()) {
      lines.take();
    }
    if (lines.count == 0) {
      throw Refusal.malformed("The body is empty");
    }
  }

  private void readJson() throws IOException {
    if (items.isAtEnd()) {
      throw Refusal.malformed("The body is empty");
    }
    readObject();
    if (!items.isAtEnd()) {
      throw Refusal.malformed("The JSON goes on after its end");
    }
  }

  private void readObject() throws IOException {
    if (!items.skip('{')) {
      throw Refusal.malformed("The body must be an object that holds the array " + name);
    }
    boolean read = false;
    if (!items.skip('}')) {
      do {
        read |= readField(read);
      } while (items.skip(','));
      items.require('}');
    }
    if (!read) {
      throw Refusal.invalidBatch(name, "is missing");
    }
  }

  /** Whether this field was the array. */
  private boolean readField(boolean alreadyRead) throws IOException {
    items.nextName();
    boolean isArray = items.isNow(quotedEnd);
    if (!isArray) {
      items.nextValue();
    } else if (alreadyRead) {
      throw Refusal.invalidBatch(name, "is given twice");
    } else {
      readItems();
    }
    return isArray;
  }

  private void readItems() throws IOException {
    if (!items.skip('[')) {
      throw Refusal.invalidBatch(name, "must be an array");
    }
    if (items.skip(']')) {
      return;
    }
    do {
      items.nextValue();
      take();
    } while (items.skip(','));
    items.require(']');
  }

  private void take() {
    if (count == MAX_ITEMS) {
      throw Refusal.tooLarge("A batch must be at most 1,000 " + name);
    }
    each.take(count++, items);
  }
}
