package topsongs.simulator.recount;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import topsongs.simulator.Failure;

/** Requests a few at a time. */
final class Parallel {
  private static final int AT_A_TIME = 4;

  private Parallel() {}

  /** What they gave, in order; the first that failed fails all. */
  static <T> List<T> all(List<? extends Callable<T>> requests)
      throws IOException, InterruptedException {
    var threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      var results = new ArrayList<T>();
      for (var request : threads.invokeAll(requests)) {
        results.add(request.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
