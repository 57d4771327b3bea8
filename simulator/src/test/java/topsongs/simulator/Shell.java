package topsongs.simulator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import topsongs.contract.TestServer;

/** Runs commands beside an object store of their own. */
final class Shell implements BeforeAllCallback, AfterAllCallback {
  private @Nullable TestServer store;

  @Override
  public void beforeAll(ExtensionContext context) {
    store = TestServer.objectStore();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    store().close();
  }

  TestServer store() {
    return Objects.requireNonNull(store);
  }

  /** Returns the exit code. */
  static int run(
      StringWriter out, Map<String, String> environment, Stream<String> command, String... more) {
    var writer = new PrintWriter(out, true);
    return Simulator.commandLine(environment, writer, writer)
        .execute(Stream.concat(command, Stream.of(more)).toArray(String[]::new));
  }
}
