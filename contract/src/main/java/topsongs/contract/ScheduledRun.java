package topsongs.contract;

import java.util.Map;

/**
 * A scheduler's run that a job works for; a person who starts a job by hand has none.
 *
 * @param name whose run it is, for the Spark UI, from {@code TOP_SONGS_RUN}; empty when nobody said
 * @param task process id of the task that started the job, from {@code TOP_SONGS_TASK}; 0 when
 *     nobody said
 */
public record ScheduledRun(String name, long task) {
  /**
   * Reads both variables.
   *
   * @throws IllegalArgumentException when {@code TOP_SONGS_TASK} is not a process id
   */
  public static ScheduledRun of(Map<String, String> environment) {
    var task = environment.getOrDefault("TOP_SONGS_TASK", "0");
    try {
      return new ScheduledRun(
          environment.getOrDefault("TOP_SONGS_RUN", ""), Long.parseUnsignedLong(task));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Cannot read TOP_SONGS_TASK: it must be a process id such as 4711, got '%s'"
              .formatted(task),
          e);
    }
  }

  /**
   * Ends this process at once when its task ends, or has ended already: a scheduler starts a killed
   * task again, and the old job must not go on beside the new one. The parent process would not
   * tell: of a task that died while this JVM started, it is another one.
   */
  public void endWithItsTask() {
    if (task == 0) {
      return;
    }
    ProcessHandle.of(task)
        .ifPresentOrElse(
            process -> {
              var unused = process.onExit().thenRun(ScheduledRun::end);
            },
            ScheduledRun::end);
  }

  private static void end() {
    Runtime.getRuntime().halt(1);
  }

  /** What the Spark UI says of the work at hand: whose run it is, if anybody's, and the work. */
  public String describe(String work) {
    return name.isEmpty() ? work : name + " · " + work;
  }
}
