package topsongs.simulator.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;

/** A CSV file with a header, in UTF-8 with or without a byte order mark. */
final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  /** What the decoder puts in place of bytes that are none. */
  private static final char NOT_UTF_8 = '\uFFFD';

  private final Path file;

  CsvTable(Path file) {
    this.file = file;
  }

  /**
   * Hands out the rows in their order.
   *
   * @throws IllegalArgumentException naming the first line that is not a row, or that the reader
   *     refuses
   */
  void forEach(Consumer<Row> reader) {
    try (var in = BOMInputStream.builder().setPath(file).get();
        var text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        var csv = parser(text)) {
      read(csv, reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  private void read(CSVParser csv, Consumer<Row> reader) {
    try {
      for (CSVRecord line : csv) {
        var row = new Row(csv, line);
        row.require(
            line.isConsistent(),
            "must have %d columns, got %d".formatted(csv.getHeaderNames().size(), line.size()));
        reader.accept(row);
      }
    } catch (UncheckedIOException e) {
      throw unreadable(csv.getCurrentLineNumber(), "it is not CSV: " + e.getMessage());
    }
  }

  private CSVParser parser(Reader text) throws IOException {
    try {
      return CSVParser.builder().setReader(text).setFormat(FORMAT).get();
    } catch (IllegalArgumentException e) {
      throw unreadable(1, "it is no header: " + e.getMessage());
    }
  }

  private IllegalArgumentException unreadable(long line, String reason) {
    return new IllegalArgumentException("Cannot read %s line %d: %s".formatted(file, line, reason));
  }

  /** A row, and where it stands. */
  final class Row {
    private final CSVParser csv;
    private final CSVRecord columns;
    private final long line;

    private Row(CSVParser csv, CSVRecord columns) {
      this.csv = csv;
      this.columns = columns;
      line = csv.getCurrentLineNumber();
    }

    boolean has(String column) {
      return csv.getHeaderMap().containsKey(column);
    }

    /** What stands in the column, not blank and without control characters. */
    String text(String column) {
      require(has(column), "the file has no column %s".formatted(column));
      var text = columns.get(column).strip();
      require(!text.isEmpty(), "%s must be there".formatted(column));
      require(text.indexOf(NOT_UTF_8) < 0, "%s must be UTF-8, got '%s'".formatted(column, text));
      require(
          text.chars().noneMatch(Character::isISOControl),
          "%s must not contain control characters".formatted(column));
      return text;
    }

    /** What may be missing, and is then empty. */
    String optional(String column) {
      return has(column) ? columns.get(column).strip() : "";
    }

    /** A whole number from 0 on. */
    long number(String column) {
      var text = text(column);
      require(
          text.matches("\\d{1,18}"), "%s must be a whole number, got '%s'".formatted(column, text));
      return Long.parseLong(text);
    }

    void require(boolean holds, String rule) {
      if (!holds) {
        throw unreadable(line, rule);
      }
    }
  }
}
