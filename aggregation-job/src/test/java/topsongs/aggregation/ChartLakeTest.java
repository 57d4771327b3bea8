package topsongs.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartLakeTest {
  private static final String REGION = "spark.hadoop.fs.s3a.endpoint.region";

  @Test
  void settingGivenFromOutside_wins() {
    System.setProperty(REGION, "eu-north-1");
    try {
      assertThat(ChartLake.settings(Map.of()).get(REGION)).isEqualTo("eu-north-1");
    } finally {
      System.clearProperty(REGION);
    }
  }

  @Test
  void settingNotGiven_isTheLakes() {
    assertThat(ChartLake.settings(Map.of()).get(REGION)).isEqualTo("us-east-1");
  }
}
