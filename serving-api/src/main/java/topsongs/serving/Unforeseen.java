package topsongs.serving;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * The problems that no handler saw: an error on the way out of a resource, or a request so
 * malformed that none was asked. Tomcat would write them in HTML. Written by hand, because the
 * Accept header may be what is malformed.
 */
class Unforeseen extends ErrorReportValve {
  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      write(response.getStatus(), response.getOutputStream());
      response.finishResponse();
    } catch (IOException e) {
      container.getLogger().debug("Cannot answer: the client has gone", e);
    }
  }

  private static void write(int code, OutputStream output) throws IOException {
    var status = HttpStatus.resolve(code);
    var title = status == null ? "Error" : status.getReasonPhrase();
    var problem =
        """
        {"title":"%s","status":%d,"detail":"%s"}"""
            .formatted(title, code, detail(code));
    output.write(problem.getBytes(StandardCharsets.UTF_8));
  }

  private static String detail(int code) {
    return code < 500
        ? "Cannot read the request: its URL or a header is malformed"
        : "Cannot answer: the reason is in the log of serving-api";
  }
}
