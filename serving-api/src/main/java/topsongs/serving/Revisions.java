package topsongs.serving;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import topsongs.contract.Period;
import topsongs.serving.ChartResource.Balance;
import topsongs.serving.ChartResource.Change;
import topsongs.serving.ChartResource.ChartRevision;
import topsongs.serving.Parameters.Region;

/** What one period's chart has said over time. */
@Repository
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
class Revisions {
  private static final String VERSIONS =
      """
      WITH version AS (
        SELECT revision, status, computed_at, rules_version, run, plays, to_json(balance) AS sheet
        FROM chart LEFT JOIN balance USING (granularity, region, period_start)
        WHERE granularity = :granularity AND region = :region AND period_start = :period
        UNION ALL
        SELECT revision, status, computed_at, rules_version, run, plays, balance
        FROM chart_revision
        WHERE granularity = :granularity AND region = :region AND period_start = :period)
      SELECT version.*, balance.*
      FROM version CROSS JOIN json_populate_record(NULL::balance, sheet) AS balance
      WHERE revision BETWEEN :from AND :to
      ORDER BY revision DESC LIMIT 1000
      """;

  private static final String ENTRIES =
      """
      SELECT revision, position, rank, song_id, title, entry.plays
      FROM unnest(string_to_array(:revisions, ',')::integer[]) AS revision
      CROSS JOIN LATERAL revised_entry(:granularity, :region, :period, revision) AS entry
      LEFT JOIN song USING (song_id)
      ORDER BY revision, position
      """;

  private final JdbcClient jdbc;

  Revisions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A revision, its entries aside. */
  record Version(
      int revision,
      String status,
      Instant computedAt,
      String rulesVersion,
      @Nullable String run,
      long plays,
      @Nullable Balance balance) {
    ChartRevision with(@Nullable Change change) {
      return new ChartRevision(revision, status, computedAt, rulesVersion, run, plays, change);
    }
  }

  /** A song's place in a revision. */
  record Placed(int position, int rank, String songId, @Nullable String title, long plays) {}

  /** Newest first, at most 1,000; none where there is no chart. */
  List<ChartRevision> all(Region region, Period period) {
    return told(region, period, 1, Integer.MAX_VALUE);
  }

  /** What a revision changed; null where the one before was provisional, or is not kept. */
  @Nullable Change change(Region region, Period period, int revision) {
    return revision == 1 ? null : told(region, period, revision - 1, revision).get(0).change();
  }

  private List<ChartRevision> told(Region region, Period period, int from, int to) {
    var versions = versions(region, period, from, to);
    var entries = entries(region, period, compared(versions));
    return IntStream.range(0, versions.size())
        .mapToObj(
            i ->
                versions.get(i).with(isCompared(versions, i) ? change(versions, i, entries) : null))
        .toList();
  }

  private static Change change(
      List<Version> versions, int newer, Map<Integer, List<Placed>> entries) {
    var after = versions.get(newer);
    var before = versions.get(newer + 1);
    return new Difference(
            before,
            after,
            entries.getOrDefault(before.revision, List.of()),
            entries.getOrDefault(after.revision, List.of()))
        .change();
  }

  /** A provisional one says too little to be compared with. */
  private static boolean isCompared(List<Version> versions, int newer) {
    return newer + 1 < versions.size() && !versions.get(newer + 1).status.equals("provisional");
  }

  /** The revisions whose entries are needed. */
  private static List<Integer> compared(List<Version> versions) {
    return IntStream.range(0, versions.size())
        .filter(i -> isCompared(versions, i) || i > 0 && isCompared(versions, i - 1))
        .mapToObj(i -> versions.get(i).revision)
        .toList();
  }

  private List<Version> versions(Region region, Period period, int from, int to) {
    return sql(VERSIONS, region, period)
        .param("from", from)
        .param("to", to)
        .query((row, n) -> version(row))
        .list();
  }

  private Map<Integer, List<Placed>> entries(
      Region region, Period period, List<Integer> revisions) {
    var entries = new HashMap<Integer, List<Placed>>();
    if (!revisions.isEmpty()) {
      sql(ENTRIES, region, period)
          .param("revisions", revisions.stream().map(String::valueOf).collect(joining(",")))
          .query(
              row -> {
                entries
                    .computeIfAbsent(row.getInt("revision"), revision -> new ArrayList<>())
                    .add(placed(row));
              });
    }
    return entries;
  }

  private StatementSpec sql(String sql, Region region, Period period) {
    return jdbc.sql(sql)
        .param("granularity", period.granularity().wireName())
        .param("region", region.code())
        .param("period", period.start().atOffset(ZoneOffset.UTC));
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        row.getInt("revision"),
        row.getString("status"),
        Charts.instant(row, "computed_at"),
        row.getString("rules_version"),
        row.getString("run"),
        row.getLong("plays"),
        Charts.balance(row));
  }

  private static Placed placed(ResultSet row) throws SQLException {
    return new Placed(
        row.getInt("position"),
        row.getInt("rank"),
        row.getString("song_id"),
        row.getString("title"),
        row.getLong("plays"));
  }
}
