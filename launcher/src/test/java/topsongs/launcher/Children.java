package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/** Commands that a test runs to their end. */
final class Children {
  private Children() {}

  /** How a command ended. */
  record Answer(int exitCode, String said) {}

  /** Its exit code; what it says goes through this JVM, whose own pipes are the test runner's. */
  static int run(ProcessBuilder command, Duration within) throws Exception {
    return ask(command, within).exitCode();
  }

  /** Its exit code, and what it said. */
  static Answer ask(ProcessBuilder command, Duration within) throws Exception {
    var process = command.redirectErrorStream(true).redirectInput(new File("/dev/null")).start();
    var lines = new StringJoiner("\n");
    var reader =
        new Thread(
            () -> process.inputReader().lines().peek(System.out::println).forEach(lines::add));
    reader.start();
    try {
      assertThat(process.waitFor(within.toSeconds(), TimeUnit.SECONDS))
          .as("%s ended in time", command.command())
          .isTrue();
    } finally {
      process.destroy();
    }
    reader.join();
    return new Answer(process.exitValue(), lines.toString());
  }

  /**
   * What the dashboard's own suite asks of a running stack, or a part of it, in a real Chromium.
   */
  static int browse(RunningStack stack, String... part) throws Exception {
    var settings = stack.settings();
    var airflow =
        Map.of(
            "TOP_SONGS_AIRFLOW_URL", Airflow.url(settings),
            "TOP_SONGS_AIRFLOW_PASSWORD", Airflow.password(settings));
    return browse(stack, "stack", airflow, part);
  }

  /** What readers see who have a chart open, named by its address in the API, meanwhile. */
  static int watch(RunningStack stack, String chart) throws Exception {
    return browse(stack, "watch", Map.of("TOP_SONGS_WATCHED", chart));
  }

  private static int browse(
      RunningStack stack, String project, Map<String, String> environment, String... part)
      throws Exception {
    var command = new ArrayList<>(List.of("npm", "run", "e2e", "--", "--project=" + project));
    command.addAll(List.of(part));
    var browser = new ProcessBuilder(command).directory(stack.home().room("dashboard").toFile());
    browser.environment().put("TOP_SONGS_DASHBOARD_URL", stack.dashboard().toString());
    browser.environment().put("TOP_SONGS_SERVING_URL", stack.serving().toString());
    browser.environment().putAll(environment);
    return run(browser, Duration.ofMinutes(20));
  }
}
