package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FlagsTest {
  private static RunningApi api;

  @BeforeAll
  static void start() {
    api = RunningApi.withTables();
    var tables = api.tables();
    tables.song("copper", "Copper Weather", "Ines Varga");
    tables.execute(
        """
        INSERT INTO flag VALUES
          ('2026-11-22T12:00Z', 'over_cap', NULL, '24d4b96f58da', 'salt', 11, 1, NULL),
          ('2026-11-22T13:00Z', 'loop', 'CA', NULL, 'copper', 1204, 40, NULL),
          ('2026-11-22T13:00Z', 'impossible', 'CA', '24d4b96f58da', NULL, 61, 1, 143)""");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void everyFlag_newestFirst() {
    assertThat(api.getJson("/v1/flags")).isEqualTo(RunningApi.example("flags"));
  }

  @Test
  void hoursAreHalfOpen() {
    assertThat(kinds("from=2026-11-22T12:00:00Z&to=2026-11-22T13:00:00Z"))
        .containsExactly("over_cap");
    assertThat(kinds("from=2026-11-22T13:00:00Z")).containsExactly("impossible", "loop");
  }

  @Test
  void regionAndKind_areThoseAskedFor() {
    assertThat(kinds("region=CA")).containsExactly("impossible", "loop");
    assertThat(kinds("region=CA&kind=loop")).containsExactly("loop");
    assertThat(kinds("region=FR")).isEmpty();
    assertThat(kinds("region=GLOBAL&kind=over_cap")).containsExactly("over_cap");
  }

  @Test
  void kindThatThereIsNot_is400() {
    var answer = api.get("/v1/flags?kind=LOOP");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"field\":\"kind\"", "must be over_cap, impossible or loop");
  }

  @Test
  void atMostAThousand_areAnswered() {
    try (var crowded = RunningApi.withTables()) {
      crowded
          .tables()
          .execute(
              """
              INSERT INTO flag SELECT '2026-11-22T12:00Z', 'over_cap', 'CA', '24d4b96f58da', 's-' || n, n, 1
              FROM generate_series(1, 1001) AS n""");
      var flags = crowded.getJson("/v1/flags").at("/flags");
      assertThat(flags).hasSize(1_000);
      assertThat(flags.at("/0/plays").asInt()).isEqualTo(1_001);
    }
  }

  private static List<String> kinds(String query) {
    return api.getJson("/v1/flags?" + query)
        .at("/flags")
        .valueStream()
        .map(flag -> flag.at("/kind").asString())
        .toList();
  }
}
