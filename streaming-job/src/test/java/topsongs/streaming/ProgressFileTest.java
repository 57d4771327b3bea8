package topsongs.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressFileTest {
  private static final StreamProgress AT_14 =
      new StreamProgress(
          Instant.parse("2026-11-22T14:00:00Z"),
          Instant.parse("2026-11-22T14:00:02.500Z"),
          "5d2c",
          7,
          Instant.parse("2026-11-20T09:00:00Z"),
          Map.of(0, 3L, 1, 0L),
          Map.of(0, 12L, 1, 30L),
          4,
          Map.of(Instant.parse("2026-11-22T13:59:00Z"), 42L));

  @TempDir private Path folder;
  private Path json;
  private ProgressFile file;

  @BeforeEach
  void inALakeOnDisk() {
    json = folder.resolve("progress/stream.json");
    file = new ProgressFile(new Configuration(), new org.apache.hadoop.fs.Path(json.toUri()));
  }

  @Test
  void neverPublished_isEmpty() {
    assertThat(file.read()).isEmpty();
  }

  @Test
  void published_isReadBack() {
    file.write(AT_14);
    assertThat(file.read()).contains(AT_14);
  }

  @Test
  void publishedAgain_replacesAndLeavesNoDraft() throws IOException {
    file.write(AT_14);
    var later =
        new StreamProgress(
            Instant.parse("2026-11-22T15:00:00Z"),
            AT_14.updatedAt(),
            "5d2c",
            8,
            AT_14.beganAt(),
            Map.of(),
            Map.of(0, 13L),
            0,
            Map.of());
    file.write(later);
    assertThat(file.read()).contains(later);
    try (var left = Files.list(json.getParent())) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsOnly("stream.json", ".stream.json.crc");
    }
  }

  @Test
  void json_hasTheFieldsOfTheContract() throws IOException {
    file.write(AT_14);
    assertThat(Files.readString(json))
        .contains("\"complete_until\":\"2026-11-22T14:00:00Z\"")
        .contains("\"updated_at\":\"2026-11-22T14:00:02.500Z\"")
        .contains("\"query_id\":\"5d2c\",\"batch_id\":7")
        .contains("\"began_at\":\"2026-11-20T09:00:00Z\"")
        .contains("\"first_offsets\":{\"0\":3,\"1\":0},\"offsets\":{\"0\":12,\"1\":30}")
        .contains("\"waiting\":4,\"minutes\":{\"2026-11-22T13:59:00Z\":42}");
  }

  @Test
  void ofAnEarlierVersion_isReadWithoutWhatThatDidNotSay() {
    var read =
        StreamProgress.fromJson(
            """
            {"complete_until": "2026-11-22T14:00:00Z", "updated_at": "2026-11-22T14:00:02.500Z",
             "query_id": "5d2c", "batch_id": 7, "partitions": [{"partition": 0, "offset": 12}]}""");
    assertThat(read.completeUntil()).isEqualTo(AT_14.completeUntil());
    assertThat(read.beganAt()).isEqualTo(Instant.EPOCH);
    assertThat(read.offsets()).isEmpty();
    assertThat(read.minutes()).isEmpty();
  }

  @Test
  void kafkaOffsets_areReadAsSparkWritesThem() {
    assertThat(StreamProgress.kafkaOffsets("{\"plays\":{\"0\":12,\"1\":0}}"))
        .containsExactly(Map.entry(0, 12L), Map.entry(1, 0L));
  }
}
