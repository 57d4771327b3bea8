package topsongs.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import topsongs.contract.Lake;

/** Reads charts from serving-api. Thread-safe. */
public final class ServingApi {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 6;
  private static final long FIRST_WAIT = 200;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;

  public ServingApi(String url) {
    this.url = url;
  }

  /**
   * Whole, as served for the region, granularity and period of the given one; empty when
   * serving-api knows no such chart.
   *
   * @throws Failure when serving-api is away or refuses
   */
  Optional<Chart> chartLike(Chart chart) throws InterruptedException {
    var path =
        "/v1/charts/%s/%s?at=%s&limit=%d"
            .formatted(chart.region(), chart.granularity(), chart.periodStart(), Lake.CHART_SIZE);
    return get(path).map(Chart::served);
  }

  /**
   * The answer to GET; empty when it is 404. Waits a little for a serving-api that is starting.
   *
   * @param path such as {@code /v1/regions}
   * @throws Failure when serving-api is away or refuses
   */
  public Optional<JsonNode> get(String path) throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER).build();
    for (int attempt = 1; ; attempt++) {
      try {
        return read(http.send(request, BodyHandlers.ofByteArray()));
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new Failure(
              "Cannot reach serving-api at %s: %s; is the stack up? ./top-songs up"
                  .formatted(url, IngestionApi.reason(e)));
        }
        Thread.sleep(FIRST_WAIT << attempt);
      }
    }
  }

  private Optional<JsonNode> read(HttpResponse<byte[]> response) throws IOException {
    int status = response.statusCode();
    if (status == 200) {
      return Optional.of(JSON.readTree(response.body()));
    }
    if (status == 404) {
      return Optional.empty();
    }
    if (status < 500) {
      throw new Failure("Cannot read charts: serving-api at %s answers %d".formatted(url, status));
    }
    throw new IOException("it answers " + status);
  }
}
