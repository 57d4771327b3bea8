package topsongs.serving.evidence;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A DuckDB of one question's own, in memory; what has no room there is in a folder. */
final class Tables implements AutoCloseable {
  private final Connection connection;
  private final Deadline deadline;

  private Tables(Connection connection, Deadline deadline) {
    this.connection = connection;
    this.deadline = deadline;
  }

  static Tables open(EvidenceSettings settings, Path folder, Deadline deadline) {
    try {
      var tables = new Tables(DriverManager.getConnection("jdbc:duckdb:"), deadline);
      tables.run("SET threads = 1");
      tables.run("SET preserve_insertion_order = false");
      tables.run("SET memory_limit = '%dB'".formatted(settings.memory().toBytes()));
      tables.run("SET max_temp_directory_size = '%dB'".formatted(settings.disk().toBytes()));
      tables.run("SET temp_directory = " + quoted(folder.resolve("spilled").toString()));
      return tables;
    } catch (SQLException | LinkageError e) {
      throw new LakeUnreadable("DuckDB does not start on this machine", e);
    }
  }

  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  void run(String sql) {
    try (var statement = statement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  <T> List<T> rows(String query, Reader<T> reader) {
    try (var statement = statement();
        var result = statement.executeQuery(query)) {
      var rows = new ArrayList<T>();
      while (result.next()) {
        rows.add(reader.read(result));
      }
      return rows;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  <T> Optional<T> row(String query, Reader<T> reader) {
    return rows(query, reader).stream().findFirst();
  }

  void set(String variable, long value) {
    setTo(variable, Long.toString(value));
  }

  void set(String variable, String value) {
    setTo(variable, quoted(value));
  }

  void set(String variable, Instant value) {
    setTo(variable, "TIMESTAMPTZ " + quoted(value.toString()));
  }

  void set(String variable, List<Path> files) {
    setTo(
        variable,
        files.stream()
            .map(file -> quoted(file.toString()))
            .collect(Collectors.joining(", ", "[", "]")));
  }

  private void setTo(String variable, String expression) {
    run("SET VARIABLE \"%s\" = %s".formatted(variable, expression));
  }

  private Statement statement() throws SQLException {
    var statement = connection.createStatement();
    statement.setQueryTimeout(deadline.secondsLeft());
    return statement;
  }

  private RuntimeException failed(SQLException e) {
    var reason = String.valueOf(e.getMessage());
    if (reason.contains("INTERRUPT")) {
      return deadline.passed(e);
    }
    if (reason.contains("Out of Memory")) {
      return new LakeUnreadable("this is more of it than there is memory and disk for", e);
    }
    if (reason.contains("IO Error")) {
      return new LakeUnreadable("files of it have just been replaced", e);
    }
    return new IllegalStateException("Cannot count the lake's plays: " + reason, e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
