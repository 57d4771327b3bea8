package topsongs.ingestion;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Lets a request pass only with a known key, before anything of its body is read. */
final class ApiKeyFilter extends HttpFilter {
  private static final String SCHEME = "Bearer ";

  private final transient List<byte[]> digests;

  ApiKeyFilter(List<String> apiKeys) {
    digests = apiKeys.stream().map(ApiKeyFilter::digest).toList();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    var key = bearerToken(request.getHeader(HttpHeaders.AUTHORIZATION));
    if (key == null) {
      challenge(response, "", "This needs a key: Authorization: Bearer KEY");
    } else if (!isKnown(key)) {
      challenge(response, ", error=\"invalid_token\"", "The key is not known here");
    } else {
      chain.doFilter(request, response);
    }
  }

  private static void challenge(HttpServletResponse response, String error, String detail)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"top-songs\"" + error);
    response.sendError(HttpServletResponse.SC_UNAUTHORIZED, detail);
  }

  private static @Nullable String bearerToken(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).strip()
        : null;
  }

  /** Digests have one length and every key is compared: the time taken says nothing of the keys. */
  private boolean isKnown(String key) {
    byte[] digest = digest(key);
    boolean known = false;
    for (byte[] candidate : digests) {
      known |= MessageDigest.isEqual(candidate, digest);
    }
    return known;
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot compare keys: this Java has no SHA-256", e);
    }
  }
}
