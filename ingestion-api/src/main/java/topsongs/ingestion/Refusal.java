package topsongs.ingestion;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import topsongs.contract.InvalidPlay;

/** Why a play, a song or a request is not taken, as RFC 9457 problem details. */
final class Refusal extends ErrorResponseException {
  private static final String RETRY_AFTER_SECONDS = "5";

  private final @Nullable String field;

  private Refusal(HttpStatus status, String title, String detail, @Nullable String field) {
    super(status, ProblemDetail.forStatusAndDetail(status, printable(detail)), null);
    setTitle(title);
    this.field = field;
    if (field != null) {
      getBody().setProperty("field", field);
    }
  }

  /** A field that breaks its rule; the sentence follows the field's name, as in "is missing". */
  static Refusal invalid(String field, String sentence) {
    return new Refusal(
        HttpStatus.BAD_REQUEST, "Invalid play", "%s %s".formatted(field, sentence), field);
  }

  static Refusal of(InvalidPlay e) {
    return new Refusal(HttpStatus.BAD_REQUEST, "Invalid play", e.detail(), e.field());
  }

  /** The same of a song. */
  static Refusal invalidSong(String field, String sentence) {
    return new Refusal(
        HttpStatus.BAD_REQUEST, "Invalid song", "%s %s".formatted(field, sentence), field);
  }

  /** The object around the items; its one field is their array. */
  static Refusal invalidBatch(String array, String sentence) {
    return new Refusal(HttpStatus.BAD_REQUEST, "Invalid batch", array + " " + sentence, array);
  }

  /** JSON, but not in the shape asked for; or no JSON at all. */
  static Refusal malformed(String detail) {
    return new Refusal(HttpStatus.BAD_REQUEST, "Malformed body", detail, null);
  }

  static Refusal of(JacksonException e) {
    if (e instanceof StreamConstraintsException) {
      return malformed("A field's name must be at most %d bytes long".formatted(PlayJson.MAX_NAME));
    }
    var reason =
        e instanceof UnexpectedEndOfInputException
            ? "it ends before it is complete"
            : e.getOriginalMessage();
    var location = e.getLocation();
    return malformed(
        "The JSON cannot be read: %s (line %d, column %d)"
            .formatted(reason, location.getLineNr(), location.getColumnNr()));
  }

  static Refusal tooSlow(String detail) {
    return new Refusal(HttpStatus.REQUEST_TIMEOUT, "Request timeout", detail, null);
  }

  static Refusal tooLarge(String detail) {
    return new Refusal(HttpStatus.CONTENT_TOO_LARGE, "Content too large", detail, null);
  }

  static Refusal noRoom(String detail) {
    return new Refusal(HttpStatus.INSUFFICIENT_STORAGE, "Insufficient storage", detail, null);
  }

  static Refusal unsupported(String detail) {
    return new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type", detail, null);
  }

  static Refusal unavailable(String detail) {
    var refusal = new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "Service unavailable", detail, null);
    refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    return refusal;
  }

  /** The field at fault, or null when it is none. */
  @Nullable String field() {
    return field;
  }

  /** What a client sent may hold what no JSON writer takes, such as half a surrogate pair. */
  static String printable(String text) {
    var printable = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || isHalfAPair(c) ? '\uFFFD' : c)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }

  static boolean isHalfAPair(int codePoint) {
    return Character.MIN_SURROGATE <= codePoint && codePoint <= Character.MAX_SURROGATE;
  }

  /** A batch may hold a thousand of these, and nobody reads where they were made. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
