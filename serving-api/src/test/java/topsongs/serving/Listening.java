package topsongs.serving;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A browser with a page open: reads /v1/live until it is closed or dropped. */
final class Listening implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final HttpResponse<InputStream> answer;
  private final StringBuffer heard = new StringBuffer();
  private final Thread reader = new Thread(this::read, "listening");

  private Listening(HttpResponse<InputStream> answer) {
    this.answer = answer;
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * @param headers names and values in turn
   */
  static Listening to(int port, String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return new Listening(CLIENT.send(request.build(), BodyHandlers.ofInputStream()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("Cannot listen", e);
    }
  }

  private void read() {
    var buffer = new byte[8192];
    try (var body = answer.body()) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        heard.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // Closed, here or there.
    }
  }

  int status() {
    return answer.statusCode();
  }

  String header(String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  /** All so far, heartbeats left out. */
  String heard() {
    return heard.toString().replace(": \n\n", "");
  }

  int heartbeats() {
    return (heard.length() - heard().length()) / 4;
  }

  boolean ended() {
    return !reader.isAlive();
  }

  @Override
  public void close() {
    try {
      answer.body().close();
    } catch (IOException e) {
      // It is closed.
    }
  }
}
