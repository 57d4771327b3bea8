package topsongs.aggregation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The job in a process of its own, as it is run. */
final class JobProcess {
  private JobProcess() {}

  record Run(int exitCode, String output) {
    String lastLine() {
      return output.lines().reduce((earlier, later) -> later).orElse("");
    }
  }

  /** Runs it to its end. */
  static Run run(Map<String, String> environment, List<String> jvmOptions, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AggregationJob.class.getName());
    command.addAll(List.of(arguments));
    var job = new ProcessBuilder(command).redirectErrorStream(true);
    job.environment().putAll(environment);
    var process = job.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.onExit().join().exitValue(), output);
  }
}
