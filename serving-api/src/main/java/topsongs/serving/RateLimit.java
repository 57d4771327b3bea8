package topsongs.serving;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * So many requests from one address, and none is refused to the others. Headers as in the draft
 * "RateLimit header fields for HTTP" of the IETF's httpapi group, version 10.
 */
class RateLimit extends OncePerRequestFilter {
  /** Whoever has more addresses than this begins anew with each. */
  private static final int ADDRESSES = 10_000;

  /** Whoever has an address of IPv6 has all of its network. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Settings settings;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > ADDRESSES;
        }
      };

  RateLimit(Settings settings) {
    this.settings = settings;
  }

  /**
   * How much one address may ask. What a proxy of ours says of it counts, of others nothing does
   * (server.tomcat.remoteip.internal-proxies).
   *
   * @param requests that an address may send at once; 0: any number
   * @param window in which as many more are allowed again, evenly
   */
  @ConfigurationProperties("top-songs.rate-limit")
  record Settings(int requests, Duration window) {
    Settings {
      if (requests < 0) {
        throw new IllegalArgumentException(
            "top-songs.rate-limit.requests must be 0 or more, got " + requests);
      }
      if (window.toSeconds() < 1) {
        throw new IllegalArgumentException(
            "top-songs.rate-limit.window must be 1 s or more, got " + window);
      }
    }
  }

  /**
   * Who asks from this machine is the dashboard's proxy, or its owner. In a container nobody does:
   * who asks from the machine around it comes from the gateway of a network, and is counted.
   */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return settings.requests == 0 || isLoopback(request.getRemoteAddr());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var probe = bucket(network(request.getRemoteAddr())).tryConsumeAndReturnRemaining(1);
    response.setHeader(
        "RateLimit-Policy",
        "\"address\";q=%d;w=%d".formatted(settings.requests, settings.window.toSeconds()));
    response.setHeader(
        "RateLimit",
        "\"address\";r=%d;t=%d"
            .formatted(probe.getRemainingTokens(), seconds(probe.getNanosToWaitForReset())));
    if (probe.isConsumed()) {
      chain.doFilter(request, response);
    } else {
      refuse(response, probe);
    }
  }

  private void refuse(HttpServletResponse response, ConsumptionProbe probe) throws IOException {
    var status = HttpStatus.TOO_MANY_REQUESTS;
    response.setStatus(status.value());
    response.setHeader(
        HttpHeaders.RETRY_AFTER, String.valueOf(seconds(probe.getNanosToWaitForRefill())));
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response
        .getOutputStream()
        .print(
            """
            {"title":"%s","status":%d,"detail":"Cannot answer: more than %d requests within %d s from one address"}"""
                .formatted(
                    status.getReasonPhrase(),
                    status.value(),
                    settings.requests,
                    settings.window.toSeconds()));
  }

  private Bucket bucket(String network) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(network, first -> full());
    }
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit.capacity(settings.requests).refillGreedy(settings.requests, settings.window))
        .build();
  }

  /** Rounded up: a second too early is too early. */
  private static long seconds(long nanos) {
    return Duration.ofNanos(nanos).plusSeconds(1).minusNanos(1).toSeconds();
  }

  /** Only what cannot be a name is read as an address: nobody makes us ask a name server. */
  static String network(String address) {
    if (!address.contains(":") || !address.matches("[0-9A-Fa-f:.]+")) {
      return address;
    }
    try {
      var bytes = InetAddress.getByName(address).getAddress();
      return Arrays.toString(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES));
    } catch (UnknownHostException e) {
      return address;
    }
  }

  static boolean isLoopback(String address) {
    return address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
  }
}
