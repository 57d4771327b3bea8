package topsongs.aggregation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the last audit found of each of Kafka's partitions: table offset_audit. */
final class AuditedPartitions {
  private static final String INSERT =
      """
      INSERT INTO offset_audit
        (kafka_partition, first_offset, next_offset, in_lake, missing, note, audited_at)
      VALUES (?, ?, ?, ?, ?, ?, now())""";

  private final Connection connection;

  AuditedPartitions(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param first the first offset that was looked for
   * @param next the first one after them
   * @param inLake how many of them are in plays/ or rejected/
   * @param note what else there is to say, if anything
   */
  record Audited(int partition, long first, long next, long inLake, @Nullable String note) {
    long missing() {
      return next - first - inLake;
    }
  }

  /** Makes these the whole table, in one transaction. */
  void replace(List<Audited> partitions) throws SQLException {
    connection.setAutoCommit(false);
    try (var delete = connection.createStatement();
        var insert = connection.prepareStatement(INSERT)) {
      delete.executeUpdate("DELETE FROM offset_audit");
      for (var audited : partitions) {
        insert.setInt(1, audited.partition());
        insert.setLong(2, audited.first());
        insert.setLong(3, audited.next());
        insert.setLong(4, audited.inLake());
        insert.setLong(5, audited.missing());
        insert.setString(6, audited.note());
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
