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

/**
 * Lets a request pass only with a known key, before anything of its body is read. Keys of plays and
 * of songs are apart: a player's key, which may be in many hands, renames no song.
 */
final class ApiKeyFilter extends HttpFilter {
  private static final String SCHEME = "Bearer ";

  private static final String SONGS = "/v1/songs";

  private final transient List<byte[]> playKeys;
  private final transient List<byte[]> songKeys;

  ApiKeyFilter(IngestionSettings settings) {
    playKeys = settings.apiKeys().stream().map(ApiKeyFilter::digest).toList();
    songKeys = settings.catalogueKeys().stream().map(ApiKeyFilter::digest).toList();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean ofSongs = isOfSongs(request);
    var key = bearerToken(request.getHeader(HttpHeaders.AUTHORIZATION));
    if (ofSongs && songKeys.isEmpty()) {
      forbid(response, "Nobody may change songs here: TOP_SONGS_CATALOGUE_KEYS is empty");
    } else if (key == null) {
      challenge(response, "", "This needs a key: Authorization: Bearer KEY");
    } else if (isAmong(ofSongs ? songKeys : playKeys, key)) {
      chain.doFilter(request, response);
    } else if (isAmong(ofSongs ? playKeys : songKeys, key)) {
      forbid(
          response,
          ofSongs
              ? "This key is for plays; songs need one of TOP_SONGS_CATALOGUE_KEYS"
              : "This key is for songs; plays need one of TOP_SONGS_API_KEYS");
    } else {
      challenge(response, ", error=\"invalid_token\"", "The key is not known here");
    }
  }

  /** By the decoded path, as controllers are found. */
  private static boolean isOfSongs(HttpServletRequest request) {
    var path = request.getServletPath();
    return path.equals(SONGS) || path.startsWith(SONGS + "/");
  }

  private static void forbid(HttpServletResponse response, String detail) throws IOException {
    response.sendError(HttpServletResponse.SC_FORBIDDEN, detail);
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
  private static boolean isAmong(List<byte[]> keys, String key) {
    byte[] digest = digest(key);
    boolean known = false;
    for (byte[] candidate : keys) {
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
