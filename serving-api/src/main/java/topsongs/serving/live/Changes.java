package topsongs.serving.live;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hears what the database tells (migration V7) over a connection of its own, and comes back to it
 * for as long as it is away.
 */
@Component
class Changes implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

  /** After so much silence the connection is tried, because a dead one is silent too. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final int TRY_SECONDS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final HikariDataSource database;
  private final Listeners listeners;
  private final JsonMapper json;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile @Nullable Connection connection;

  Changes(HikariDataSource database, Listeners listeners, JsonMapper json) {
    this.database = database;
    this.listeners = listeners;
    this.json = json;
  }

  /** What a notification says. */
  record Notified(String granularity, Instant periodStart, List<ChartState> charts) {
    Notified {
      Objects.requireNonNull(granularity, "granularity must be given");
      Objects.requireNonNull(periodStart, "period_start must be given");
    }

    List<ChangedChart> changed() {
      return charts.stream()
          .map(
              chart ->
                  new ChangedChart(
                      chart.region, granularity, periodStart, chart.status, chart.revision))
          .toList();
    }
  }

  record ChartState(String region, @Nullable String status, @Nullable Integer revision) {
    ChartState {
      Objects.requireNonNull(region, "region must be given");
    }
  }

  @Override
  public void start() {
    var hearing = new Thread(this::hearForEver, "changes");
    hearing.setDaemon(true);
    thread = hearing;
    hearing.start();
  }

  private void hearForEver() {
    var pause = FIRST_PAUSE;
    while (isRunning()) {
      try (var opened = open()) {
        connection = opened;
        begin(opened);
        pause = FIRST_PAUSE;
        hear(opened.unwrap(PGConnection.class), opened);
      } catch (SQLException | RuntimeException e) {
        if (isRunning() && pause.equals(FIRST_PAUSE)) {
          LOG.warn("Cannot hear changes, and try again until I can: {}", e.getMessage());
        }
      } finally {
        connection = null;
        listeners.end();
      }
      await(pause);
      pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  /** As the pool opens its own, but by another name. */
  private Connection open() throws SQLException {
    var properties = new Properties();
    properties.putAll(database.getDataSourceProperties());
    properties.setProperty("user", String.valueOf(database.getUsername()));
    properties.setProperty("password", String.valueOf(database.getPassword()));
    properties.setProperty("ApplicationName", "serving-api live");
    return DriverManager.getConnection(database.getJdbcUrl(), properties);
  }

  private void begin(Connection opened) throws SQLException {
    try (var statement = opened.createStatement()) {
      var told = statement.executeQuery("SELECT to_regproc('tell_changed_charts') IS NOT NULL");
      if (!told.next() || !told.getBoolean(1)) {
        throw new SQLException("the database has no triggers that tell them yet");
      }
      statement.execute("LISTEN chart_changed");
      statement.execute("LISTEN pipeline_changed");
    }
    listeners.begin(UUID.randomUUID().toString().substring(0, 8));
    LOG.info("Hearing changes");
  }

  private void hear(PGConnection postgres, Connection opened) throws SQLException {
    while (isRunning()) {
      var notifications = postgres.getNotifications((int) SILENCE.toMillis());
      for (var notification : notifications) {
        tell(notification);
      }
      if (notifications.length == 0 && !opened.isValid(TRY_SECONDS)) {
        throw new SQLException("the database fell silent");
      }
    }
  }

  private void tell(PGNotification notification) {
    if (notification.getName().equals("chart_changed")) {
      tellCharts(notification.getParameter());
    } else if (notification.getParameter().equals("catalogue")) {
      listeners.askAgain();
    } else {
      listeners.tellStatus();
    }
  }

  /** Anybody who may connect to the database may notify, and write there what they like. */
  private void tellCharts(String notified) {
    try {
      listeners.tell(json.readValue(notified, Notified.class).changed());
    } catch (RuntimeException e) {
      LOG.warn("Cannot read a notification of chart_changed: {}", e.getMessage());
      listeners.askAgain();
    }
  }

  private void await(Duration pause) {
    try {
      stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      stopped.countDown();
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Before the web server waits for open requests, of which the listeners' would never end. */
  @Override
  public void stop() {
    stopped.countDown();
    listeners.close();
    var opened = connection;
    if (opened != null) {
      try {
        opened.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("Cannot close the connection: it is closed", e);
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null && stopped.getCount() > 0;
  }
}
