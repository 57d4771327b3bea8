package topsongs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduledRunTest {
  @Test
  void jobEndsWhenItsTaskIsKilled() throws Exception {
    var task = new ProcessBuilder("sleep", "60").start();
    var job = job(task.pid());
    try (var lines = job.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("at work");
      task.destroyForcibly();
      assertThat(job.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(job.exitValue()).isEqualTo(1);
    } finally {
      task.destroyForcibly();
      job.destroyForcibly();
    }
  }

  @Test
  void jobDoesNotBeginWhenItsTaskHasEnded() throws Exception {
    var task = new ProcessBuilder("true").start();
    task.waitFor();
    var job = job(task.pid());
    try (var lines = job.inputReader()) {
      assertThat(lines.readLine()).isNull();
      assertThat(job.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(job.exitValue()).isEqualTo(1);
    } finally {
      job.destroyForcibly();
    }
  }

  @Test
  void withoutTask_nothingEnds() {
    ScheduledRun.of(Map.of()).endWithItsTask();
    assertThat(ScheduledRun.of(Map.of()).describe("enrich")).isEqualTo("enrich");
  }

  @Test
  void describesWhoseWorkItIs() {
    var run = ScheduledRun.of(Map.of("TOP_SONGS_RUN", "top_songs_hourly r1"));
    assertThat(run.describe("enrich")).isEqualTo("top_songs_hourly r1 · enrich");
  }

  @Test
  void refusesWhatIsNoProcessId() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduledRun.of(Map.of("TOP_SONGS_TASK", "None")))
        .withMessage(
            "Cannot read TOP_SONGS_TASK: it must be a process id such as 4711, got 'None'");
  }

  private static Process job(long task) throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Job.class.getName());
    builder.environment().put("TOP_SONGS_TASK", Long.toString(task));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Works for a minute. */
  static final class Job {
    private Job() {}

    public static void main(String... args) throws InterruptedException {
      ScheduledRun.of(System.getenv()).endWithItsTask();
      System.out.println("at work");
      Thread.sleep(60_000);
    }
  }
}
