package topsongs.streaming;

import sun.misc.Signal;

/** What SIGTERM and Ctrl-C do: an orderly end with exit code 0, not the 143 of a plain JVM. */
final class Termination {
  private Termination() {}

  /**
   * @param stop must be bounded; the process ends even when it fails
   */
  static void handle(Runnable stop) {
    for (var name : new String[] {"TERM", "INT"}) {
      var unused = Signal.handle(new Signal(name), signal -> end(stop));
    }
  }

  private static void end(Runnable stop) {
    try {
      stop.run();
    } finally {
      System.exit(0);
    }
  }
}
