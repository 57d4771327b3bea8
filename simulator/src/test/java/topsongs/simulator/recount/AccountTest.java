package topsongs.simulator.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.simulator.Failure;

/** Two plays on both sides of midnight, the second acknowledged twice. */
class AccountTest {
  private static final String ANA = "0199d1c2-8d1e-7cc3-98c4-dc0c0c07398a";
  private static final String BEN = "0199d1c2-8d1e-7cc3-98c4-dc0c0c07398b";
  private static final String CEM = "0199d1c2-8d1e-7cc3-98c4-dc0c0c07398c";
  private static final String ANA_AT = ANA + " 2026-11-20T23:59:59.999Z";
  private static final String BEN_AT = BEN + " 2026-11-21T00:00:00.250Z";
  private static final String CEM_AT = CEM + " 2026-11-21T00:00:01Z";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private PlayedLake lake;
  private Path first;
  private Path second;

  @BeforeEach
  void acknowledge() throws Exception {
    lake = new PlayedLake(folder.resolve("lake"));
    first = folder.resolve("first.csv");
    second = folder.resolve("second.csv");
    Files.writeString(
        first,
        """
        %s,2026-11-20T23:59:59.999Z,2026-11-22T10:00:00.000Z
        %s,2026-11-21T00:00:00.250Z,2026-11-22T10:00:01.500Z
        """
            .formatted(ANA, BEN));
    Files.writeString(
        second, "%s,2026-11-21T00:00:00.250Z,2026-11-22T10:00:09.000Z\n".formatted(BEN));
  }

  @Test
  void playsThatAreCountedOnce_howeverOftenDelivered_agree() throws Exception {
    store(ANA_AT, BEN_AT, BEN_AT);
    lake.enrich("a", ANA_AT + "\n" + BEN_AT);
    assertThat(agrees()).isTrue();
    assertThat(out.toString())
        .contains(
            "2 plays acknowledged in 3 deliveries: 0 lost, 0 counted twice, 0 never acknowledged");
    assertThat(differences()).isEmpty();
  }

  @Test
  void playThatTheLakeLacks_isLost() throws Exception {
    store(ANA_AT);
    lake.enrich("a", ANA_AT);
    assertThat(agrees()).isFalse();
    assertThat(out.toString())
        .contains(BEN + " played at 2026-11-21T00:00:00Z: acknowledged, but not in plays/")
        .contains("1 lost, 0 counted twice, 0 never acknowledged");
    assertThat(differences())
        .containsExactly(BEN + ",2026-11-21T00:00:00.250Z,2026-11-22T10:00:01.500Z,1,0,0");
  }

  @Test
  void playThatNoChartCounts_isLost() throws Exception {
    store(ANA_AT, BEN_AT);
    lake.enrich("a", ANA_AT);
    assertThat(agrees()).isFalse();
    assertThat(out.toString()).contains("in plays/, but not in enriched/").contains("1 lost");
  }

  @Test
  void playThatChartsCountTwice_isTold() throws Exception {
    store(ANA_AT, BEN_AT);
    lake.enrich("a", ANA_AT + "\n" + BEN_AT);
    lake.enrich("b", BEN_AT);
    assertThat(agrees()).isFalse();
    assertThat(out.toString()).contains("in enriched/ 2 times").contains("0 lost, 1 counted twice");
  }

  @Test
  void playThatNobodyAcknowledged_isTold() throws Exception {
    store(ANA_AT, BEN_AT, CEM_AT);
    lake.enrich("a", ANA_AT + "\n" + BEN_AT + "\n" + CEM_AT);
    assertThat(agrees()).isFalse();
    assertThat(out.toString())
        .contains("0 lost, 0 counted twice, 1 never acknowledged")
        .contains(CEM + " played at 2026-11-21T00:00:01Z: in the lake, but never acknowledged");
    assertThat(differences()).containsExactly(CEM + ",2026-11-21T00:00:01.000Z,,0,0,1");
  }

  @Test
  void emptyAccount_isNoSuccess() throws Exception {
    Files.writeString(first, "");
    Files.writeString(second, "");
    assertThatThrownBy(this::agrees)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("it holds no play");
  }

  private void store(String... plays) throws Exception {
    var rows = new StringBuilder();
    for (int n = 0; n < plays.length; n++) {
      var play = plays[n].split(" ", 2);
      rows.append(
          "%s ana s-halo CA %s 200000 2026-11-22T10:00:00Z 0 %d%n".formatted(play[0], play[1], n));
    }
    lake.append("a", rows.toString());
  }

  private boolean agrees() throws InterruptedException {
    var environment = Map.of("TOP_SONGS_LAKE", "file://" + lake.root());
    return new Account(environment, new PrintWriter(out, true))
        .agrees(List.of(first, second), folder.resolve("differences.csv"));
  }

  private List<String> differences() throws Exception {
    return Files.readAllLines(folder.resolve("differences.csv"));
  }
}
