package topsongs.serving;

import java.sql.SQLException;
import java.time.Duration;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import topsongs.serving.Parameters.Region;
import topsongs.serving.evidence.LakeUnreadable;
import topsongs.serving.live.NotLive;

/** Every error as an RFC 9457 problem. */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final String UNDEFINED_TABLE = "42P01";
  private static final int SHOWN = 64;

  static ErrorResponseException notFound(String detail) {
    return problem(HttpStatus.NOT_FOUND, detail);
  }

  static ErrorResponseException badRequest(String field, String rule, String value) {
    var problem =
        problem(
            HttpStatus.BAD_REQUEST,
            "Cannot read %s: %s, got '%s'".formatted(field, rule, shorten(value)));
    problem.getBody().setProperty("field", field);
    return problem;
  }

  private static ErrorResponseException problem(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }

  private static String shorten(String value) {
    return value.codePointCount(0, value.length()) <= SHOWN
        ? value
        : value.substring(0, value.offsetByCodePoints(0, SHOWN)) + "…";
  }

  /** Whatever the client accepts: an error that it cannot read helps more than none. */
  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    var problem = unreadable(e);
    return handleExceptionInternal(
        problem, problem.getBody(), headers, problem.getStatusCode(), request);
  }

  private static ErrorResponseException unreadable(TypeMismatchException e) {
    var field = e instanceof MethodArgumentTypeMismatchException m ? m.getName() : "parameter";
    var value = String.valueOf(e.getValue());
    var rule = String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    return e.getRequiredType() == Region.class
        ? notFound("There is no region %s: it %s".formatted(shorten(value), rule))
        : badRequest(field, rule, value);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var problem = badRequest(e.getParameterName(), "it must be given", "");
    return handleExceptionInternal(problem, problem.getBody(), headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    var problem =
        notFound(
            "There is nothing at /%s; /swagger-ui.html shows what there is"
                .formatted(shorten(e.getResourcePath())));
    return handleExceptionInternal(problem, problem.getBody(), headers, status, request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> undecodable(InvalidParameterException e, WebRequest request) {
    var status = HttpStatus.BAD_REQUEST;
    var problem =
        ProblemDetail.forStatusAndDetail(
            status, "Cannot read the query: it must be percent-encoded UTF-8");
    return handleExceptionInternal(e, problem, new HttpHeaders(), status, request);
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class,
    TransactionException.class
  })
  @Nullable ResponseEntity<Object> databaseAway(Exception e, WebRequest request) {
    LOG.warn("Cannot read charts: {}", NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    return unavailable(e, "Cannot read charts: the database does not answer", request);
  }

  /** Charts are answered without the lake. */
  @ExceptionHandler
  @Nullable ResponseEntity<Object> lakeUnreadable(LakeUnreadable e, WebRequest request) {
    LOG.warn("{}: {}", e.getMessage(), NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    return unavailable(e, String.valueOf(e.getMessage()), request);
  }

  /** Charts can be asked for all the same. */
  @ExceptionHandler
  @Nullable ResponseEntity<Object> notLive(NotLive e, WebRequest request) {
    return unavailable(e, String.valueOf(e.getMessage()), request);
  }

  /** Before the first migration there are no tables; with them, a wrong statement is our fault. */
  @ExceptionHandler
  @Nullable ResponseEntity<Object> notMigrated(BadSqlGrammarException e, WebRequest request) {
    if (!(e.getCause() instanceof SQLException cause)
        || !UNDEFINED_TABLE.equals(cause.getSQLState())) {
      throw e;
    }
    return unavailable(e, "Cannot read charts: the database has no tables yet", request);
  }

  private @Nullable ResponseEntity<Object> unavailable(
      Exception e, String detail, WebRequest request) {
    var status = HttpStatus.SERVICE_UNAVAILABLE;
    var headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(RETRY_AFTER.toSeconds()));
    var problem = ProblemDetail.forStatusAndDetail(status, detail);
    return handleExceptionInternal(e, problem, headers, status, request);
  }
}
