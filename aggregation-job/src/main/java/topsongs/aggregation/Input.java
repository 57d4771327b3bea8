package topsongs.aggregation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a period's charts were made from, and as what: the one line of their {@link
 * topsongs.contract.Lake#INPUT}.
 *
 * @param digest SHA-256 of the lines of the period's hours, sorted, each with its end
 * @param status final or provisional, as the run was asked for; held is a chart's own
 */
record Input(String digest, Status status) {

  /**
   * @param lines which files of plays/ the hours were made from, in any order
   */
  static Input of(List<String> lines, Status status) {
    var sorted = String.join("", lines.stream().sorted().map(line -> line + "\n").toList());
    return new Input(sha256(sorted), status);
  }

  /**
   * @throws IllegalArgumentException when it is not what {@link #line} gives
   */
  static Input parse(String line) {
    var words = line.strip().split(" ");
    if (words.length != 2) {
      throw new IllegalArgumentException(
          "Cannot read input: must be a digest and a status, got '%s'".formatted(line.strip()));
    }
    return new Input(words[0], Status.of(words[1]));
  }

  String line() {
    return digest + " " + status.wireName() + "\n";
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JVM has it.
    }
  }
}
