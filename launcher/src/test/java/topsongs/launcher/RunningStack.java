package topsongs.launcher;

import static java.util.Objects.requireNonNull;

import io.minio.MinioClient;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;

/** A stack that runs, whichever way: its URLs, and what a person can do with it. */
interface RunningStack {
  /** The rooms that it runs from, and where it keeps what it writes. */
  Home home();

  /** Its ports and secrets. */
  Settings settings();

  /** Where plays go in, charts come out, and a person looks. */
  default URI ingestion() {
    return URI.create(settings().url(Settings.INGESTION));
  }

  default URI serving() {
    return URI.create(settings().url(Settings.SERVING));
  }

  default URI dashboard() {
    return URI.create(settings().url(Settings.DASHBOARD));
  }

  /** Airflow, whose DAGs chart. Their schedule is off: a test runs what it needs. */
  default AirflowApi airflow() {
    return new AirflowApi(
        URI.create(Airflow.url(settings())), Airflow.USER, Airflow.password(settings()));
  }

  /** The object store, as its owner sees it. */
  default MinioClient lake() {
    return StreamProgress.lake(settings());
  }

  /** The charts' tables, as their owner sees them. */
  default Connection database() throws SQLException {
    var environment = settings().environment();
    return DriverManager.getConnection(
        requireNonNull(environment.get("TOP_SONGS_DB_URL")),
        environment.get("TOP_SONGS_DB_USER"),
        environment.get("TOP_SONGS_DB_PASSWORD"));
  }

  /** The truth file of the history that the stack made for itself when it started. */
  Path truthOfTheFirstHistory() throws Exception;

  /** Runs the simulator to its end and returns its exit code. */
  int simulate(String... arguments) throws Exception;

  /** Counts the lake's plays again and compares every chart, as an operator does. */
  Children.Answer recount() throws Exception;

  /** The songs that the simulator's crowd plays, as lines of the lake's catalogue. */
  Path catalogue();

  /** Waits until all plays accepted so far are in the lake. */
  void awaitStream() throws Exception;

  /** Runs the jobs over the range, as a person would who asks for it. */
  void chart(Instant from, Instant to) throws Exception;

  /**
   * Ends a running part of the stack without a warning, and waits until the stack has started it
   * again.
   */
  void kill(String part) throws Exception;

  /** Ends without a warning the task that runs a Spark job, when the job is well under way. */
  void killTask(String mainClass) throws Exception;

  /** The charts that the crowd of one seed makes, which must not depend on the way of running. */
  SameSeed sameSeed() throws Exception;
}
