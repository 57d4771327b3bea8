package topsongs.lakeinit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final String NOBODY = "http://127.0.0.1:1";

  private final StringWriter err = new StringWriter();

  @Test
  void storeThatNeverStarts_isToldInOneLine() {
    assertThat(prepare(Map.of("TOP_SONGS_S3_ENDPOINT", NOBODY))).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("Cannot prepare the lake: Failed to connect to")
        .endsWith(", at " + NOBODY + "\n")
        .hasLineCount(1);
  }

  @Test
  void lakeThatIsNoBucket_isNamed() {
    assertThat(prepare(Map.of("TOP_SONGS_LAKE", "/data/lake"))).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "Cannot prepare the lake: TOP_SONGS_LAKE must be s3a://BUCKET, got '/data/lake'\n");
  }

  @Test
  void usersNeitherOnNorOff_isNamed() {
    assertThat(prepare(Map.of("TOP_SONGS_S3_USERS", "no"))).isEqualTo(1);
    assertThat(err)
        .hasToString("Cannot prepare the lake: TOP_SONGS_S3_USERS must be on or off, got 'no'\n");
  }

  @Test
  void secretThatMinioWouldNotTake_isNamedWithoutItself() {
    assertThat(prepare(Map.of("TOP_SONGS_S3_CHARTING_SECRET", "short"))).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "Cannot prepare the lake: the secret of charting must be 8 to 40 characters long, got 5\n");
  }

  private int prepare(Map<String, String> environment) {
    var writer = new PrintWriter(err, true);
    return LakeInit.commandLine(environment, writer, writer).execute("--wait=0");
  }
}
