package topsongs.ingestion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/** Says as RFC 9457 problem details what filters and Tomcat itself refuse. */
final class ProblemValve extends ErrorReportValve {
  private final JsonMapper json;

  ProblemValve(JsonMapper json) {
    this.json = json;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    var problem = ProblemDetail.forStatus(HttpStatusCode.valueOf(status));
    problem.setDetail(Objects.requireNonNullElse(response.getMessage(), "The request was refused"));
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    try {
      var body = json.writeValueAsBytes(problem);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
