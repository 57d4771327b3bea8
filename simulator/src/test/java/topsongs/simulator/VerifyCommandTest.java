package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.simulator.Peer.answers;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be asked of verify; what a recount finds is RecountTest's. */
class VerifyCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  @Test
  void nothingToVerify_isWrongUsage() {
    assertThat(verify()).isEqualTo(2);
    assertThat(out.toString())
        .contains("give --truth=FILE, --account=FILE, --from and --to, or --all");
  }

  @Test
  void halfARange_orARangeBesideAll_isWrongUsage() {
    assertThat(verify("--from=2026-11-20T13:00Z")).isEqualTo(2);
    assertThat(verify("--to=2026-11-20T13:00Z")).isEqualTo(2);
    assertThat(verify("--all", "--from=2026-11-20T13:00Z", "--to=2026-11-20T14:00Z")).isEqualTo(2);
    assertThat(out.toString()).contains("Give --from and --to together, or --all instead");
  }

  @Test
  void backwardRange_isExitCode1() {
    assertThat(verify("--from=2026-11-20T14:00Z", "--to=2026-11-20T13:00Z")).isEqualTo(1);
    assertThat(out.toString()).contains("Cannot recount: --from must be before --to");
  }

  @Test
  void emptyStack_isNoSuccess() throws Exception {
    try (var serving = new Peer(answers(200, "{\"regions\":[]}"))) {
      assertThat(verify("--all", "--serving=" + serving.url())).isEqualTo(1);
    }
    assertThat(out.toString()).contains("Cannot recount: no period to compare");
  }

  @Test
  void help_teachesByExample() {
    assertThat(verify("--help")).isZero();
    assertThat(out.toString()).contains("simulator verify --all");
  }

  private int verify(String... options) {
    var arguments = new String[options.length + 1];
    arguments[0] = "verify";
    System.arraycopy(options, 0, arguments, 1, options.length);
    var writer = new PrintWriter(out, true);
    return Simulator.commandLine(Map.of("TOP_SONGS_LAKE", "file://" + folder), writer, writer)
        .execute(arguments);
  }
}
