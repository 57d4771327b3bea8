package topsongs.serving;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/**
 * Answers tables as RFC 4180 with a header, in UTF-8. The columns are the fields of JSON, in its
 * order and spelling, those of nested records in place; null is an empty field.
 *
 * <p>Values are left as they are: a title that starts with {@code =} is the title. Who opens the
 * file in a spreadsheet should import the columns as text.
 */
@Component
class Csv extends AbstractHttpMessageConverter<Csv.Table> {
  static final String TYPE = "text/csv";

  /** An answer that can be written line by line. */
  interface Table {
    /** A record whose fields are the columns. */
    Class<? extends Record> lineType();

    List<? extends Record> lines();
  }

  Csv() {
    super(StandardCharsets.UTF_8, MediaType.valueOf(TYPE));
  }

  @Override
  protected boolean supports(Class<?> type) {
    return Table.class.isAssignableFrom(type);
  }

  @Override
  public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
    return false;
  }

  @Override
  protected Table readInternal(Class<? extends Table> type, HttpInputMessage input) {
    throw new HttpMessageNotReadableException("Cannot read CSV: it is only written", input);
  }

  @Override
  protected void writeInternal(Table table, HttpOutputMessage output) throws IOException {
    var writer = new OutputStreamWriter(output.getBody(), StandardCharsets.UTF_8);
    var printer = new CSVPrinter(writer, CSVFormat.RFC4180);
    printer.printRecord(names(table.lineType()));
    for (var line : table.lines()) {
      printer.printRecord(values(line));
    }
    printer.flush();
  }

  static Stream<String> names(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(field -> field.getType().isRecord() ? names(field.getType()) : name(field));
  }

  private static Stream<String> name(RecordComponent field) {
    return Stream.of(snakeCase(field.getName()));
  }

  static String snakeCase(String name) {
    return name.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  static Stream<@Nullable Object> values(Object line) {
    return Arrays.stream(line.getClass().getRecordComponents())
        .flatMap(
            field -> {
              var value = value(field, line);
              return field.getType().isRecord() ? values(value) : Stream.of(value);
            });
  }

  private static Object value(RecordComponent field, Object line) {
    try {
      return field.getAccessor().invoke(line);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot write CSV: no field " + field.getName(), e);
    }
  }
}
