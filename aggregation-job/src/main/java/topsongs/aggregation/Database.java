package topsongs.aggregation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** The PostgreSQL that the charts are loaded into. */
record Database(String url, String user, String password) {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Makes advisory locks of this job differ from everybody else's. */
  private static final int LOCK_SPACE = 0x746f7073;

  /** Settings {@code TOP_SONGS_DB_URL}, {@code _USER} and {@code _PASSWORD}. */
  static Database of(Map<String, String> environment) {
    return new Database(
        environment.getOrDefault("TOP_SONGS_DB_URL", "jdbc:postgresql://127.0.0.1:5432/top_songs"),
        environment.getOrDefault("TOP_SONGS_DB_USER", "top_songs"),
        environment.getOrDefault("TOP_SONGS_DB_PASSWORD", ""));
  }

  /** Brings the tables up to date; how many migrations that took. */
  int migrate() {
    return Flyway.configure().dataSource(url, user, password).load().migrate().migrationsExecuted;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /**
   * Keeps every other run of these periods away until the connection ends, which a killed run's
   * does too. The lock is on whole days, so that a year of hours does not need 8,760 of them.
   *
   * @throws IllegalStateException when another run does not let go in time
   */
  static void lock(Connection connection, Periods periods, Duration patience) throws SQLException {
    var space = LOCK_SPACE + periods.granularity().ordinal();
    try (var statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = " + patience.toMillis());
      for (LocalDate day : periods.days().toList()) {
        statement.execute("SELECT pg_advisory_lock(%d, %d)".formatted(space, day.toEpochDay()));
      }
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw busy(periods, patience, e);
      }
      throw e;
    }
  }

  private static IllegalStateException busy(
      Periods periods, Duration patience, SQLException cause) {
    return new IllegalStateException(
        "Cannot make charts of %s: another run has been at them for %d s; try again later"
            .formatted(periods, patience.toSeconds()),
        cause);
  }
}
