package topsongs.ingestion;

import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.Resource;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.scheduling.annotation.EnableScheduling;
import tools.jackson.databind.json.JsonMapper;
import topsongs.contract.Topics;

/** The parts of the service. What they can be told is in application.yaml. */
@SpringBootApplication(exclude = ErrorMvcAutoConfiguration.class)
@EnableConfigurationProperties(IngestionSettings.class)
@EnableScheduling
class IngestionApi {
  public static void main(String[] args) {
    SpringApplication.run(IngestionApi.class, args);
  }

  @Bean
  NewTopic plays() {
    return topic(Topics.PLAYS);
  }

  @Bean
  NewTopic playsRejected() {
    return topic(Topics.PLAYS_REJECTED);
  }

  private static NewTopic topic(String name) {
    return TopicBuilder.name(name)
        .partitions(Topics.PARTITIONS)
        .config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(Topics.RETENTION.toMillis()))
        .config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name)
        .build();
  }

  @Bean
  FilterRegistrationBean<ApiKeyFilter> apiKeyFilter(IngestionSettings settings) {
    var filter = new FilterRegistrationBean<>(new ApiKeyFilter(settings));
    filter.addUrlPatterns("/v1/*");
    return filter;
  }

  /** The innermost valve of the host reports first, so Tomcat's own HTML page is never written. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve(JsonMapper json) {
    return tomcat ->
        tomcat.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new ProblemValve(json)));
  }

  @Bean
  @Lazy
  OpenAPI openApi(@Value("classpath:openapi.yaml") Resource description) throws IOException {
    return Yaml31.mapper().readValue(description.getInputStream(), OpenAPI.class);
  }
}
