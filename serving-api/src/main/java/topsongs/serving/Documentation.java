package topsongs.serving;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.customizers.ParameterCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.PlayEvent;
import topsongs.serving.Parameters.EventId;
import topsongs.serving.Parameters.Kind;
import topsongs.serving.Parameters.Limit;
import topsongs.serving.Parameters.Periods;
import topsongs.serving.Parameters.PlayLimit;
import topsongs.serving.Parameters.Region;
import topsongs.serving.Parameters.Revision;
import topsongs.serving.Parameters.SongId;
import topsongs.serving.evidence.Evidence;
import topsongs.serving.live.ChangedChart;

/**
 * What OpenAPI cannot read from the code by itself. The examples in {@code examples/} are answers
 * that the tests get.
 */
@Configuration(proxyBeanMethods = false)
class Documentation {
  private static final Map<Class<?>, Supplier<Schema<?>>> PARAMETERS =
      Map.ofEntries(
          described(
              Region.class,
              () ->
                  text("GLOBAL or an ISO 3166-1 alpha-2 code, in upper case.", "CA")
                      .pattern("^(GLOBAL|[A-Z]{2})$")),
          described(String.class, () -> ofType("string")),
          described(
              SongId.class,
              () ->
                  text("1 to 64 characters, none of them control.", "s-0001")
                      .minLength(1)
                      .maxLength(PlayEvent.MAX_ID_LENGTH)
                      .pattern("^[^\\u0000-\\u001f\\u007f-\\u009f]+$")),
          described(Granularity.class, () -> choice("How long a period is.", "hour", "day")),
          described(
              Kind.class,
              () -> choice("Only those of this kind.", "over_cap", "impossible", "loop")),
          described(Limit.class, () -> number("How many entries, 1 to 100.", 10, 1, 100)),
          described(Periods.class, () -> number("How many periods, 2 to 100.", 24, 2, 100)),
          described(Revision.class, () -> number("Which revision, from 1.", 2, 1, 999_999_999)),
          described(PlayLimit.class, () -> number("How many plays, 1 to 1,000.", 100, 1, 1_000)),
          described(
              EventId.class,
              () -> text("A UUID.", "0199d1c2-8d1e-7cc3-98c4-dc0c0c07398f").format("uuid")),
          described(
              CountingRules.class,
              () ->
                  choice(
                      "A version that /v1/rules lists.",
                      CountingRules.VERSIONS.toArray(String[]::new))),
          described(
              Instant.class,
              () -> text("RFC 3339, any offset.", "2026-11-22T13:00:00Z").format("date-time")));

  private static final String EVENTS = "text/event-stream";
  private static final String ETAG = "W/\"0123456789abcdef0123456789abcdef0\"";

  private static final Map<String, Header> LIMITED =
      Map.of(
          "RateLimit", header("What this address may still ask", "\"address\";r=11999;t=1"),
          "RateLimit-Policy", header("What an address may ask", "\"address\";q=12000;w=60"));

  private static Map.Entry<Class<?>, Supplier<Schema<?>>> described(
      Class<?> parameter, Supplier<Schema<?>> schema) {
    return Map.entry(parameter, schema);
  }

  /** Swagger still reads records by Jackson 2, which does not see Spring's settings. */
  @Bean
  ModelResolver snakeCaseFields() {
    return new ModelResolver(
            Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))
        .openapi31(true);
  }

  @Bean
  ParameterCustomizer describedParameters() {
    return (parameter, java) -> {
      var schema = PARAMETERS.getOrDefault(java.getParameterType(), Schema::new).get();
      var request = java.getParameterAnnotation(RequestParam.class);
      if (request != null && !request.defaultValue().equals(ValueConstants.DEFAULT_NONE)) {
        var value = request.defaultValue();
        schema.setDefault(schema.getExample() instanceof Integer ? Integer.valueOf(value) : value);
      }
      return parameter.schema(schema);
    };
  }

  @Bean
  OperationCustomizer describedAnswers() {
    return (operation, method) -> {
      operation
          .getResponses()
          .forEach(
              (status, answer) -> {
                describe(operation, answer.getContent());
                describeHeaders(answer);
              });
      return operation.responses(withProblems(operation));
    };
  }

  private static void describe(Operation operation, Content content) {
    content.computeIfPresent(Csv.TYPE, (type, body) -> new MediaType().schema(ofType("string")));
    content.computeIfPresent(
        EVENTS,
        (type, body) -> body.example(file("examples/" + operation.getOperationId() + ".txt")));
    for (var json : List.of("application/json", FeedResource.TYPE)) {
      content.computeIfPresent(
          json,
          (type, body) ->
              new MediaType()
                  .schema(body.getSchema())
                  .example(read("examples/" + operation.getOperationId() + ".json")));
    }
  }

  private static void describeHeaders(ApiResponse answer) {
    LIMITED.forEach(answer::addHeaderObject);
    answer.addHeaderObject(
        "Cache-Control", header("How long it may be kept", "max-age=60, public").required(true));
    answer.addHeaderObject("ETag", header("Changes with the answer; none with no-store", ETAG));
  }

  private static Object read(String example) {
    try {
      return Json31.mapper().readTree(file(example));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(String example) {
    try {
      return new ClassPathResource(example).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ApiResponses withProblems(Operation operation) {
    var responses = operation.getResponses();
    responses.addApiResponse(
        "304", new ApiResponse().description("It is still what If-None-Match names"));
    if (operation.getParameters() != null) {
      responses
          .addApiResponse("400", problem("A parameter cannot be read; field names it"))
          .addApiResponse("404", problem("There is no such region, period or song"));
    }
    return responses
        .addApiResponse("403", problem("Origin is none of those that may read it"))
        .addApiResponse("406", problem("Accept has none of the types of 200"))
        .addApiResponse(
            "429", retryLater(problem("More requests from one address than RateLimit-Policy says")))
        .addApiResponse(
            "503", retryLater(problem("The database is away, or the lake where it is asked")));
  }

  private static ApiResponse problem(String description) {
    var body = new MediaType().schema(new Schema<>().$ref("Problem"));
    return new ApiResponse()
        .description(description)
        .content(new Content().addMediaType("application/problem+json", body));
  }

  private static ApiResponse retryLater(ApiResponse answer) {
    LIMITED.forEach(answer::addHeaderObject);
    var seconds = ofType("integer").minimum(BigDecimal.ONE).example(5);
    return answer.addHeaderObject(
        "Retry-After", new Header().required(true).description("Seconds").schema(seconds));
  }

  private static Header header(String description, String example) {
    return new Header().description(description).schema(ofType("string").example(example));
  }

  @Bean
  OpenApiCustomizer describedFields() {
    return api -> {
      api.schema("Problem", problemSchema());
      Stream.of(
              AuditResource.class,
              BalanceResource.class,
              ChartResource.class,
              Evidence.class,
              FeedResource.class,
              FlagResource.class,
              PlayResource.class,
              RaceResource.class,
              RegionResource.class,
              RulesResource.class,
              SongResource.class,
              StatusResource.class,
              TraceResource.class,
              WhatIfResource.class,
              WorldResource.class)
          .flatMap(resource -> Arrays.stream(resource.getDeclaredClasses()))
          .filter(Class::isRecord)
          .forEach(record -> describe(api, record));
      describe(api, ChangedChart.class);
      describe(api, Flow.class);
    };
  }

  /** Every field is always there; those marked so may be null. */
  private static void describe(OpenAPI api, Class<?> record) {
    var schema = api.getComponents().getSchemas().get(record.getSimpleName());
    if (schema == null) {
      return;
    }
    for (var component : record.getRecordComponents()) {
      var field = Csv.snakeCase(component.getName());
      schema.addRequiredItem(field);
      schema
          .getProperties()
          .computeIfPresent(
              field, (name, type) -> withNulls(component.getAnnotatedType(), (Schema<?>) type));
    }
  }

  private static Schema<?> withNulls(AnnotatedType type, Schema<?> schema) {
    if (type instanceof AnnotatedParameterizedType list && schema.getItems() != null) {
      schema.setItems(withNulls(list.getAnnotatedActualTypeArguments()[0], schema.getItems()));
    }
    return type.isAnnotationPresent(Nullable.class) ? nullable(schema) : schema;
  }

  private static <T> Schema<?> nullable(Schema<T> type) {
    if (type.get$ref() != null) {
      return new Schema<>().oneOf(List.of(type, ofType("null")));
    }
    if (type.getEnum() != null) {
      var values = new ArrayList<T>(type.getEnum());
      values.add(null);
      type.setEnum(values);
    }
    return type.types(with(type.getTypes(), "null"));
  }

  private static Set<String> with(Set<String> types, String another) {
    var all = new LinkedHashSet<>(types);
    all.add(another);
    return all;
  }

  private static Schema<?> problemSchema() {
    return ofType("object")
        .description("RFC 9457")
        .required(List.of("title", "status", "detail"))
        .addProperty("title", text("The status in words", "Not Found"))
        .addProperty("status", ofType("integer").example(404))
        .addProperty("detail", text("What is wrong, with the value", "There is no region XQ"))
        .addProperty("instance", text("The path asked for", "/v1/charts/XQ/hour"))
        .addProperty("field", text("The parameter at fault, where it is one", "at"))
        .addProperty(
            "nearest_period",
            text("Where there is a chart, where there is one", "2026-11-22T13:00:00Z"));
  }

  private static Schema<?> text(String description, String example) {
    return ofType("string").description(description).example(example);
  }

  private static Schema<?> number(String description, int example, int least, int most) {
    return ofType("integer")
        .description(description)
        .example(example)
        .minimum(BigDecimal.valueOf(least))
        .maximum(BigDecimal.valueOf(most));
  }

  private static Schema<?> choice(String description, String... values) {
    var schema = new StringSchema();
    List.of(values).forEach(schema::addEnumItem);
    return schema.types(new LinkedHashSet<>(Set.of("string"))).description(description);
  }

  /** Springdoc changes the set, so it must be one that can be changed. */
  private static Schema<?> ofType(String type) {
    return new Schema<>().types(new LinkedHashSet<>(Set.of(type)));
  }
}
