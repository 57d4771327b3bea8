package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The journey on a stack without Docker, and how that starts and stops. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoDockerJourneyIT extends PipelineJourney {
  private static final Path ROOT =
      Path.of(System.getProperty("topsongs.root", "..")).toAbsolutePath().normalize();
  private static final NoDockerStack STACK = new NoDockerStack(ROOT);

  NoDockerJourneyIT() {
    super(STACK);
  }

  @BeforeAll
  static void upForTheFirstTime() throws Exception {
    STACK.up("--fresh");
    var hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    STACK.chart(hour, hour.plus(1, ChronoUnit.HOURS));
  }

  @AfterAll
  static void down() throws Exception {
    var running = STACK.processes();
    assertThat(STACK.run("down")).isZero();
    assertThat(running).isNotEmpty().noneMatch(ProcessHandle::isAlive);
  }

  /** Late, because what it posts would be counted. */
  @Test
  @Order(Integer.MAX_VALUE - 1)
  void bothApis_answerAsTheyAreDescribed_whateverTheyAreAsked() throws Exception {
    var fuzz = new Fuzz(ROOT, STACK);
    // All but /v1/live, which never ends.
    fuzz.ask("serving-api", STACK.serving(), Fuzz.described(ROOT, "serving-api") - 1);
    fuzz.ask("ingestion-api", STACK.ingestion(), Fuzz.described(ROOT, "ingestion-api"));
  }

  /** Runs last: Ctrl-C, then up again on the data that is there. */
  @Test
  @Order(Integer.MAX_VALUE)
  void stoppedByCtrlC_leavesNoProcess_andComesBackWithItsCharts() throws Exception {
    var before = api.get("/v1/charts/GLOBAL/hour?limit=100").body();
    var running = STACK.processes();
    var launcher = ProcessFile.read(STACK.home().processFile("launcher")).orElseThrow();
    var interrupt = new ProcessBuilder("kill", "-INT", Long.toString(launcher.pid()));
    assertThat(interrupt.start().waitFor()).isZero();
    Awaitility.await("every process to end")
        .atMost(Duration.ofSeconds(120))
        .until(() -> running.stream().noneMatch(ProcessHandle::isAlive));

    STACK.up();
    assertThat(api.get("/v1/charts/GLOBAL/hour?limit=100").body()).isEqualTo(before);
  }

  @Test
  void dashboard_showsTheChartsInARealBrowser() throws Exception {
    assertThat(Children.browse(STACK, STACK.home())).isZero();
  }

  @Test
  void secondUp_saysThatItIsRunning() throws Exception {
    var output = ROOT.resolve("launcher/target/second-up.log");
    var up = STACK.command("up").redirectErrorStream(true).redirectOutput(output.toFile());
    var second = up.start();
    assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(second.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output)).contains("it is running already").doesNotContain("\tat ");
  }
}
