package topsongs.simulator;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a command is: a bar on a terminal, elsewhere a plain line every few seconds. Notes about
 * waiting are as rare. Thread-safe.
 */
public final class Progress implements AutoCloseable {
  private static final long BETWEEN_LINES = 5_000_000_000L;

  private final PrintWriter out;
  private final String task;
  private final long total;
  private final @Nullable ProgressBar bar;
  private @Nullable Supplier<String> more;
  private long done;
  private long lastLine = System.nanoTime();
  private long lastNote = System.nanoTime() - BETWEEN_LINES;

  /**
   * @param out for lines; a bar goes to standard error
   * @param total how many steps there will be; below 0 when nobody knows
   */
  public Progress(PrintWriter out, String task, long total) {
    this.out = out;
    this.task = task;
    this.total = total;
    bar = isTerminal() ? bar(task, total) : null;
  }

  /**
   * @param more asked every few seconds what else there is to tell
   */
  synchronized void alsoTell(Supplier<String> more) {
    this.more = more;
  }

  public synchronized void step(long steps) {
    done += steps;
    if (bar != null) {
      bar.stepBy(steps);
    }
    if (System.nanoTime() - lastLine >= BETWEEN_LINES) {
      lastLine = System.nanoTime();
      tell(more == null ? "" : more.get());
    }
  }

  private void tell(String also) {
    if (bar != null) {
      bar.setExtraMessage(also);
      return;
    }
    var of = total < 0 ? "" : String.format(Locale.ROOT, " of %,d", total);
    var rest = also.isEmpty() ? "" : "; " + also;
    print(String.format(Locale.ROOT, "%s: %,d%s%s", task, done, of, rest));
  }

  /** Tells why nothing moves, unless it has just told something. */
  public synchronized void note(String note) {
    if (System.nanoTime() - lastNote >= BETWEEN_LINES) {
      lastNote = System.nanoTime();
      print(note);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }

  private static ProgressBar bar(String task, long total) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(250)
        .showSpeed()
        .build();
  }

  /** From Java 22 on there may be a console where there is no terminal; it can be asked. */
  private static boolean isTerminal() {
    var console = System.console();
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
