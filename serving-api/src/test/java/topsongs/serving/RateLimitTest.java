package topsongs.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final String PAGE = "https://charts.example.org";

  private static RunningApi api;

  @BeforeAll
  static void start() {
    api =
        RunningApi.withTables(
            "--top-songs.rate-limit.requests=3",
            "--top-songs.rate-limit.window=60s",
            "--top-songs.cors-origins=" + PAGE);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /** As a proxy on this machine passes it on. */
  private static HttpResponse<String> getFrom(String address) {
    return api.get("/v1/regions", "X-Forwarded-For", address);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  @Test
  void whoAsksTooOften_isTold_andOthersAreAnswered() {
    var first = getFrom("203.0.113.7");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"address\";q=3;w=60");
    assertThat(header(first, "RateLimit")).isEqualTo("\"address\";r=2;t=20");
    getFrom("203.0.113.7");
    assertThat(getFrom("203.0.113.7").statusCode()).isEqualTo(200);
    var refused = getFrom("203.0.113.7");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(header(refused, "RateLimit")).startsWith("\"address\";r=0;t=");
    assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(10, 20);
    assertThat(RunningApi.json(refused.body()).at("/status").asInt()).isEqualTo(429);
    assertThat(refused.body()).contains("more than 3 requests within 60 s from one address");
    assertThat(getFrom("203.0.113.8").statusCode()).isEqualTo(200);
  }

  @Test
  void pageInABrowser_canReadThatItIsRefused() {
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 4; i++) {
      var answer = api.get("/v1/regions", "X-Forwarded-For", "203.0.113.20", "Origin", PAGE);
      assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(PAGE);
      assertThat(header(answer, "Access-Control-Expose-Headers"))
          .contains("ETag", "RateLimit", "RateLimit-Policy", "Retry-After");
      statuses.add(answer.statusCode());
    }
    assertThat(statuses).containsExactly(200, 200, 200, 429);
  }

  @Test
  void addressThatAClientMakesUp_doesNotHelp() {
    for (int i = 0; i < 3; i++) {
      getFrom("198.51.100." + i + ", 203.0.113.9");
    }
    assertThat(getFrom("198.51.100.77, 203.0.113.9").statusCode()).isEqualTo(429);
    assertThat(getFrom("127.0.0.1, 203.0.113.9").statusCode()).isEqualTo(429);
  }

  @Test
  void addressOfAPrivateNetwork_isNoProxyOfOurs() {
    for (int i = 0; i < 3; i++) {
      assertThat(getFrom("198.51.100." + i + ", 172.18.0.1").statusCode()).isEqualTo(200);
      assertThat(getFrom("127.0.0.1, 192.168.1.5").statusCode()).isEqualTo(200);
    }
    assertThat(getFrom("198.51.100.77, 172.18.0.1").statusCode()).isEqualTo(429);
    assertThat(getFrom("127.0.0.1, 192.168.1.5").statusCode()).isEqualTo(429);
  }

  @Test
  void proxyThatIsNamed_isBelieved() {
    try (var behindOne =
        RunningApi.withTables(
            "--TOP_SONGS_PROXIES=127[.].*|172[.]18[.].*", "--top-songs.rate-limit.requests=1")) {
      for (var client : new String[] {"203.0.113.30", "203.0.113.31"}) {
        var addresses = client + ", 172.18.0.4";
        assertThat(behindOne.get("/v1/regions", "X-Forwarded-For", addresses).statusCode())
            .isEqualTo(200);
      }
      assertThat(
              behindOne
                  .get("/v1/regions", "X-Forwarded-For", "203.0.113.30, 172.18.0.9")
                  .statusCode())
          .isEqualTo(429);
    }
  }

  @Test
  void limitThatIsNone_isRefused() {
    assertThatThrownBy(() -> new RateLimit.Settings(-1, Duration.ofSeconds(1)))
        .hasMessage("top-songs.rate-limit.requests must be 0 or more, got -1");
    assertThatThrownBy(() -> new RateLimit.Settings(1, Duration.ZERO))
        .hasMessage("top-songs.rate-limit.window must be 1 s or more, got PT0S");
  }

  @Test
  void addressesOfOneNetworkOfIpv6_areOne() {
    for (int i = 0; i < 3; i++) {
      assertThat(getFrom("2001:db8:1:2::" + i).statusCode()).isEqualTo(200);
    }
    assertThat(getFrom("2001:db8:1:2:ffff::1").statusCode()).isEqualTo(429);
    assertThat(getFrom("2001:db8:1:3::1").statusCode()).isEqualTo(200);
  }

  @Test
  void whoAsksFromThisMachine_orForHealth_isNotLimited() {
    for (int i = 0; i < 5; i++) {
      var answer = api.get("/v1/regions");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(header(answer, "RateLimit")).isEqualTo("none");
      assertThat(
              api.get("/actuator/health/liveness", "X-Forwarded-For", "203.0.113.10").statusCode())
          .isEqualTo(200);
    }
  }
}
