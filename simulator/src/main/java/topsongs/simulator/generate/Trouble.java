package topsongs.simulator.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import topsongs.simulator.Failure;
import topsongs.simulator.generate.Transport.Refusal;

/**
 * Why there is no answer now, where there may be one later.
 *
 * @param reason in one line, without the key
 * @param answered whether a server is there at all
 * @param retryAfter how long the server asks to be left alone; zero when it does not say
 */
record Trouble(String reason, boolean answered, Duration retryAfter) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_DETAIL = 200;

  /** OpenAI answers 429 to an empty account too; waiting fills none. */
  private static final String NO_MONEY = "insufficient_quota";

  /**
   * @param everAnswered whether the server is known to be there
   * @throws Failure when asking again is of no use
   */
  static Trouble of(RuntimeException e, Endpoint endpoint, boolean everAnswered) {
    if (e.getCause() instanceof Refusal refusal) {
      return new Trouble(reason(refusal, endpoint), true, refusal.retryAfter());
    }
    if (!everAnswered && isUnreachable(e)) {
      throw new Failure(
          "Cannot generate: no server answers at %s; is OPENAI_BASE_URL right?"
              .formatted(endpoint.url()));
    }
    return new Trouble(reason(e), false, Duration.ZERO);
  }

  private static String reason(RuntimeException e) {
    if (e instanceof TimeoutException) {
      return "time-out: " + e.getMessage() + " (--timeout)";
    }
    return (isOfTheNetwork(e) ? "no connection (%s)" : "its answer cannot be read (%s)")
        .formatted(root(e).getClass().getSimpleName());
  }

  private static String reason(Refusal refusal, Endpoint endpoint) {
    int status = refusal.statusCode();
    var detail = detail(refusal, endpoint);
    boolean passes = status == 408 || status == 429 || status >= 500;
    if (!passes || refusal.body().contains(NO_MONEY)) {
      throw new Failure("Cannot generate: " + refused(status, detail, endpoint));
    }
    return status == 429 ? "rate limit (429): " + detail : "it answers %d".formatted(status);
  }

  private static String refused(int status, String detail, Endpoint endpoint) {
    return switch (status) {
      case 401, 403 ->
          "%s refuses the key in OPENAI_API_KEY (%d); set one that may use %s"
              .formatted(endpoint.url(), status, endpoint.model());
      case 404 ->
          "%s does not know the model %s (404: %s); set OPENAI_MODEL or --model, or OPENAI_BASE_URL"
              .formatted(endpoint.url(), endpoint.model(), detail);
      default -> "%s answers %d: %s".formatted(endpoint.url(), status, detail);
    };
  }

  /** The error's message in the form of OpenAI, in one line, shortened and without the key. */
  private static String detail(Refusal refusal, Endpoint endpoint) {
    try {
      var message = JSON.readTree(refusal.body()).at("/error/message").asText("no detail");
      var line = endpoint.withoutKey(message).replaceAll("\\s+", " ");
      return line.substring(0, Math.min(line.length(), LONGEST_DETAIL));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return "no detail";
    }
  }

  private static boolean isOfTheNetwork(Throwable e) {
    var root = root(e);
    return isUnreachable(e)
        || (root instanceof IOException && !(root instanceof JsonProcessingException));
  }

  /** The cause of a {@code ConnectException}, if it has one, says less than it does. */
  private static boolean isUnreachable(Throwable e) {
    var cause = e.getCause();
    return e instanceof ConnectException
        || e instanceof UnresolvedModelServerException
        || (cause != null && isUnreachable(cause));
  }

  private static Throwable root(Throwable e) {
    var cause = e.getCause();
    return cause == null ? e : root(cause);
  }
}
