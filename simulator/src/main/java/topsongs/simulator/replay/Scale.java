package topsongs.simulator.replay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * How many plays stand for how many streams, such as 1 for 1,000.
 *
 * @param plays above 0
 * @param streams above 0
 */
public record Scale(BigDecimal plays, BigDecimal streams) {
  private static final Pattern RATIO =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)(?::(\\d{1,12}))?");

  /**
   * Reads {@code 1:1000} or {@code 0.001}.
   *
   * @throws IllegalArgumentException when the text is neither, or one of its numbers is 0
   */
  public static Scale parse(String text) {
    var ratio = RATIO.matcher(text);
    if (!ratio.matches()) {
      throw unusable(text);
    }
    var plays = new BigDecimal(ratio.group(1));
    var streams = ratio.group(2) == null ? BigDecimal.ONE : new BigDecimal(ratio.group(2));
    if (plays.signum() == 0 || streams.signum() == 0) {
      throw unusable(text);
    }
    return new Scale(plays, streams);
  }

  /** To the nearest whole play; a half goes to the even one, so that halves even out. */
  public long plays(long ofStreams) {
    return BigDecimal.valueOf(ofStreams)
        .multiply(plays)
        .divide(streams, 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  private static IllegalArgumentException unusable(String text) {
    return new IllegalArgumentException(
        "Cannot scale: --scale must be a ratio such as 1:1000 or a factor such as 0.001, got '%s'"
            .formatted(text));
  }
}
