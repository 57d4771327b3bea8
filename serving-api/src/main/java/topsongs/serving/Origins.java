package topsongs.serving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Which pages may read the answers in a browser, and which headers of theirs. */
final class Origins extends CorsFilter {
  private static final List<String> READABLE =
      List.of("ETag", "RateLimit", "RateLimit-Policy", "Retry-After");

  private Origins(UrlBasedCorsConfigurationSource paths) {
    super(paths);
    setCorsProcessor(new Refusing());
  }

  static Origins of(List<String> listed) {
    var configuration = new CorsConfiguration();
    configuration.setAllowedOrigins(listed);
    configuration.setAllowedMethods(List.of("GET", "HEAD"));
    configuration.setAllowedHeaders(List.of("*"));
    configuration.setExposedHeaders(READABLE);
    configuration.setMaxAge(1800L);
    var paths = new UrlBasedCorsConfigurationSource();
    paths.registerCorsConfiguration("/v1/**", configuration);
    return new Origins(paths);
  }

  /** As a problem, like all that is refused here. */
  private static final class Refusing extends DefaultCorsProcessor {
    private static final String PROBLEM =
        """
        {"title":"Forbidden","status":403,"detail":"Cannot answer: Origin is none of those that may read this"}""";

    @Override
    protected void rejectRequest(ServerHttpResponse response) throws IOException {
      response.setStatusCode(HttpStatus.FORBIDDEN);
      response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
      response.getBody().write(PROBLEM.getBytes(StandardCharsets.UTF_8));
      response.flush();
    }
  }
}
