package topsongs.launcher;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says whether this machine can run the stack. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Say what would keep the stack from starting here, and the remedy.")
final class DoctorCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    var home = Home.find();
    var doctor = new Doctor(home, Settings.load(home));
    doctor.requireNotRunning();
    var problems = doctor.problems();
    problems.forEach(problem -> System.out.println("✗ " + problem));
    if (problems.isEmpty()) {
      System.out.println("✓ ports, memory and disk");
    }
    return problems.isEmpty() ? 0 : 1;
  }
}
