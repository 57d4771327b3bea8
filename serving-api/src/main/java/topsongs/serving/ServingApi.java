package topsongs.serving;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** The parts that no resource owns: what every request and every answer go through. */
@EnableConfigurationProperties(RateLimit.Settings.class)
@EnableScheduling
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@OpenAPIDefinition(
    info =
        @Info(
            title = "Top Songs: charts",
            version = "1",
            description =
                """
                The best songs of every region, every hour and every day. Read-only and open. All times are UTC \
                instants; periods are half-open. Errors are RFC 9457 problem details; where one parameter is at \
                fault, `field` names it. While the database is away the answer is 503 with Retry-After.""",
            license = @License(name = "Apache-2.0")))
class ServingApi {
  public static void main(String[] args) {
    SpringApplication.run(ServingApi.class, args);
  }

  /** Before the rate limit, so that a page in a browser can read that it is refused. */
  @Bean
  FilterRegistrationBean<Origins> origins(@Value("${top-songs.cors-origins}") List<String> listed) {
    var origins = new FilterRegistrationBean<>(Origins.of(listed));
    origins.setEnabled(!listed.isEmpty());
    origins.addUrlPatterns("/v1/*");
    origins.setOrder(Ordered.HIGHEST_PRECEDENCE + 9);
    return origins;
  }

  /**
   * A hash of the answer itself, because a chart's own hash misses what stands beside it: a
   * restated hour changes the movement in the next. Weak, because Tomcat does not compress under a
   * strong one.
   */
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> etags() {
    var filter = new ShallowEtagHeaderFilter();
    filter.setWriteWeakETag(true);
    var etags = new FilterRegistrationBean<>(filter);
    etags.addUrlPatterns("/v1/*");
    return etags;
  }

  @Bean
  FilterRegistrationBean<RateLimit> rateLimit(RateLimit.Settings settings) {
    var limit = new FilterRegistrationBean<>(new RateLimit(settings));
    limit.addUrlPatterns("/v1/*");
    limit.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return limit;
  }

  /** A song's id may hold a slash, which Tomcat refuses to see in a path unless told otherwise. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat() {
    return tomcat -> {
      tomcat.addConnectorCustomizers(
          connector -> connector.setEncodedSolidusHandling("passthrough"),
          connector -> connector.setEncodedReverseSolidusHandling("passthrough"));
      tomcat.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new Unforeseen()));
    };
  }
}
