package topsongs.ingestion;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * The one voice for errors. What Spring raises, and every {@link Refusal}, is said by the parent
 * class; what never reaches Spring by {@link ProblemValve}.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @ExceptionHandler
  @Nullable ResponseEntity<Object> malformed(JacksonException e, WebRequest request)
      throws Exception {
    return handleException(Refusal.of(e), request);
  }

  /** A body that only stalls is refused by Tomcat: 408. */
  @ExceptionHandler({IOException.class, JacksonIOException.class})
  ProblemDetail unreadable() {
    return problem(HttpStatus.BAD_REQUEST, "The body broke off before its end");
  }

  @ExceptionHandler
  ProblemDetail unexpected(Exception e) {
    LOG.error("Cannot answer a request: unexpected error", e);
    return problem(
        HttpStatus.INTERNAL_SERVER_ERROR, "Unexpected error; the log of ingestion-api has it");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
      HttpMediaTypeNotSupportedException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    e.getBody()
        .setDetail(
            "Content-Type must be %s, got %s"
                .formatted(
                    MediaType.toString(e.getSupportedMediaTypes()),
                    Objects.requireNonNullElse(e.getContentType(), "none that can be read")));
    return super.handleHttpMediaTypeNotSupported(e, headers, status, request);
  }

  private static ProblemDetail problem(HttpStatus status, String detail) {
    return ProblemDetail.forStatusAndDetail(status, detail);
  }
}
