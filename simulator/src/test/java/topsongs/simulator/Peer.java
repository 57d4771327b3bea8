package topsongs.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A badly behaved server: it does what it was told to, request by request, and then its habit. */
final class Peer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Behaviour habit;
  private final Queue<Behaviour> moods = new ConcurrentLinkedQueue<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  Peer(Behaviour habit) throws IOException {
    this.habit = habit;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  Peer first(Behaviour... behaviours) {
    moods.addAll(List.of(behaviours));
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<String> bodies() {
    return bodies;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  static Behaviour answers(int status, String body, String... headers) {
    return (exchange, request) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  static Behaviour takesAll() {
    return (exchange, request) ->
        answers(202, "{\"accepted\":%d,\"rejected\":0}".formatted(request.lines().count()))
            .answer(exchange, request);
  }

  /** Takes the request and hangs up without a word. */
  static Behaviour hangsUp() {
    return (exchange, request) -> {};
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      var request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      bodies.add(request);
      var mood = moods.poll();
      (mood == null ? habit : mood).answer(exchange, request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  interface Behaviour {
    void answer(HttpExchange exchange, String request) throws IOException;
  }
}
