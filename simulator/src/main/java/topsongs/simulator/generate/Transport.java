package topsongs.simulator.generate;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import topsongs.simulator.RetryAfter;

/**
 * Carries what the library asks. The library's own client drops the headers of a refusal, so also
 * Retry-After, and its time-out ends with the headers: an answer in slow bytes would take for ever.
 */
final class Transport implements HttpClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final java.net.http.HttpClient http =
      java.net.http.HttpClient.newBuilder()
          .version(java.net.http.HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .build();
  private final Duration whole;

  /**
   * @param whole how long an answer may take, its last byte included
   */
  Transport(Duration whole) {
    this.whole = whole;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    var response = await(http.sendAsync(posting(request), BodyHandlers.ofString()));
    if (response.statusCode() / 100 != 2) {
      throw new Refusal(response);
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(response.body())
        .build();
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("answers are taken as a whole");
  }

  private static java.net.http.HttpRequest posting(HttpRequest request) {
    var posting =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
            .POST(BodyPublishers.ofString(request.body()));
    request.headers().forEach((name, values) -> values.forEach(v -> posting.header(name, v)));
    return posting.build();
  }

  private <T> T await(Future<T> response) {
    try {
      return response.get(whole.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      response.cancel(true);
      throw new TimeoutException("no whole answer within %s ms".formatted(whole.toMillis()));
    } catch (ExecutionException e) {
      throw new UncheckedIOException(
          e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What the library builds its client with; the times it wants to set are set already. */
  HttpClientBuilder builder() {
    return new Built(this);
  }

  private record Built(Transport transport) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return CONNECT;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return transport.whole;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
      return this;
    }

    @Override
    public HttpClient build() {
      return transport;
    }
  }

  /** An answer that is none, and when the server said to come back. */
  static final class Refusal extends HttpException {
    private static final long serialVersionUID = 1;

    private final String body;
    private final Duration retryAfter;

    private Refusal(HttpResponse<String> response) {
      super(response.statusCode(), "refused");
      body = response.body();
      retryAfter = RetryAfter.of(response).orElse(Duration.ZERO);
    }

    /** May hold the key. */
    String body() {
      return body;
    }

    /** Zero when it did not say. */
    Duration retryAfter() {
      return retryAfter;
    }
  }
}
