package topsongs.aggregation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import topsongs.contract.Granularity;

/** How far the pipeline is: table pipeline_stage. */
final class Stages {
  private static final String PASS_STREAM =
      """
      INSERT INTO pipeline_stage (stage, passed_until, updated_at)
      SELECT 'stream', complete_until, now()
      FROM json_to_record(?::json) AS progress (complete_until timestamptz)
      WHERE complete_until IS NOT NULL
      ON CONFLICT (stage) DO UPDATE
      SET passed_until = excluded.passed_until, updated_at = excluded.updated_at
      WHERE pipeline_stage.passed_until <> excluded.passed_until""";

  /** A run over past hours does not set the stage back. */
  private static final String PASS_CHARTS =
      """
      INSERT INTO pipeline_stage (stage, passed_until, updated_at) VALUES (?, ?, now())
      ON CONFLICT (stage) DO UPDATE
      SET passed_until = excluded.passed_until, updated_at = excluded.updated_at
      WHERE pipeline_stage.passed_until < excluded.passed_until""";

  private final Connection connection;

  Stages(Connection connection) {
    this.connection = connection;
  }

  /** Takes over what the stream says of itself in {@code progress/stream.json}. */
  void passStream(String progress) throws SQLException {
    try (var statement = connection.prepareStatement(PASS_STREAM)) {
      statement.setString(1, progress);
      statement.executeUpdate();
    }
  }

  /** Stage {@code hour_charts} or {@code day_charts}: what ended by then is final here. */
  void passCharts(Granularity granularity, Instant until) throws SQLException {
    try (var statement = connection.prepareStatement(PASS_CHARTS)) {
      statement.setString(1, granularity.wireName() + "_charts");
      statement.setObject(2, until.atOffset(ZoneOffset.UTC));
      statement.executeUpdate();
    }
  }
}
