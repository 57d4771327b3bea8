package topsongs.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Passes everything on to the simulator, with the addresses and keys of the stack that runs here.
 */
@Command(
    name = "simulate",
    description =
        "Make plays against the running stack, such as: ./top-songs simulate live --rate=200."
            + " ./top-songs simulate --help shows all.")
final class SimulateCommand implements Callable<Integer> {
  @Unmatched List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var home = Home.find();
    return new Jobs(home, Settings.load(home)).simulate(arguments);
  }
}
