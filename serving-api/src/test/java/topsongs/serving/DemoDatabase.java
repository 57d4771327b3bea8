package topsongs.serving;

import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Fills an empty database with believable charts: {@code DemoDatabase JDBC_URL USER PASSWORD}. */
final class DemoDatabase {
  private DemoDatabase() {}

  public static void main(String[] arguments) {
    var database = new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]);
    migrate(database);
    run(database, "demo-charts.sql");
  }

  static void migrate(DataSource database) {
    run(database, "db/migration/V1__charts.sql");
    run(database, "db/migration/V2__pipeline_runs.sql");
    run(database, "db/migration/V3__revisions.sql");
    run(database, "db/migration/V4__flags.sql");
    run(database, "db/migration/V5__audit.sql");
  }

  private static void run(DataSource database, String script) {
    new ResourceDatabasePopulator(new ClassPathResource(script)).execute(database);
  }
}
