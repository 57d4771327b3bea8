package topsongs.launcher;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Charts a range again, against the running stack. */
@Command(
    name = "chart",
    mixinStandardHelpOptions = true,
    description =
        "Enrich and chart a range of hours (and its days) again; rerunning changes nothing.")
final class ChartCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      required = true,
      description = "First hour, such as 2026-11-22T00:00:00Z.")
  Instant from = Instant.EPOCH;

  @Option(names = "--to", required = true, description = "The hour after the last.")
  Instant to = Instant.EPOCH;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var home = Home.find();
    new Jobs(home, Settings.load(home)).chart(from, to);
    return 0;
  }
}
