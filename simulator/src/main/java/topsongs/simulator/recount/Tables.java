package topsongs.simulator.recount;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import topsongs.simulator.Failure;

/** A DuckDB of its own, in a folder: what does not fit in memory is on disk. */
final class Tables implements AutoCloseable {
  private static final String MEMORY = "1GB";

  private final Connection connection;

  private Tables(Connection connection) {
    this.connection = connection;
  }

  static Tables in(Path folder) throws SQLException {
    var tables =
        new Tables(DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("recount.db")));
    tables.execute("SET memory_limit = '%s'".formatted(MEMORY));
    tables.execute("SET temp_directory = " + quoted(folder.resolve("spilled").toString()));
    tables.run("tables");
    return tables;
  }

  /** Runs the statements of NAME.sql beside this class. */
  void run(String name) throws SQLException {
    execute(script(name));
  }

  void set(String variable, long value) throws SQLException {
    setTo(variable, Long.toString(value));
  }

  void set(String variable, boolean value) throws SQLException {
    setTo(variable, Boolean.toString(value));
  }

  void set(String variable, String value) throws SQLException {
    setTo(variable, quoted(value));
  }

  void set(String variable, Instant value) throws SQLException {
    setTo(variable, "TIMESTAMP " + quoted(value.toString()));
  }

  void set(String variable, LocalDate value) throws SQLException {
    setTo(variable, "DATE " + quoted(value.toString()));
  }

  void set(String variable, List<Path> files) throws SQLException {
    setTo(
        variable,
        files.stream()
            .map(file -> quoted(file.toString()))
            .collect(Collectors.joining(", ", "[", "]")));
  }

  <T> List<T> rows(String query, Reader<T> reader) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      var rows = new ArrayList<T>();
      while (result.next()) {
        rows.add(reader.read(result));
      }
      return rows;
    }
  }

  /** The only number of a query's only row; 0 for null. */
  long number(String query) throws SQLException {
    return rows(query, row -> row.getLong(1)).get(0);
  }

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void setTo(String variable, String expression) throws SQLException {
    execute("SET VARIABLE \"%s\" = %s".formatted(variable, expression));
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String script(String name) {
    try (InputStream in = Tables.class.getResourceAsStream(name + ".sql")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Failure("Cannot read %s.sql: %s".formatted(name, e));
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
