package topsongs.simulator.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topsongs.contract.Lake;
import topsongs.contract.TestServer;
import topsongs.simulator.Failure;

class BucketLakeTest {
  private static final LocalDate FRIDAY = LocalDate.parse("2026-11-20");
  private static TestServer store;

  @TempDir Path scratch;

  private RawLake lake;

  @BeforeAll
  static void start() throws Exception {
    store = TestServer.objectStore();
    put("plays/event_date=2026-11-20/event_hour=9/part-1.parquet", "one");
    put("plays/event_date=2026-11-20/event_hour=13/part-2.parquet", "two");
    put("plays/event_date=2026-11-20/event_hour=13/_part-3.parquet", "hidden");
    put("plays/event_date=2026-11-20/_temporary/0/part-4.parquet", "hidden");
    put("plays/event_date=2026-11-21/event_hour=0/part-5.parquet", "other");
    put("plays/_SUCCESS", "");
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @BeforeEach
  void open() {
    lake = RawLake.of(store.lakeEnvironment(), scratch);
  }

  @Test
  void days_areThoseOfATable() throws Exception {
    assertThat(lake.days(Lake.PLAYS)).containsExactly(FRIDAY, FRIDAY.plusDays(1));
    assertThat(lake.days(Lake.REJECTED)).isEmpty();
  }

  @Test
  void filesOfADay_areFetched_withoutHiddenOnes() throws Exception {
    assertThat(lake.files(Lake.PLAYS, FRIDAY))
        .extracting(Files::readString)
        .containsExactlyInAnyOrder("one", "two");
    assertThat(lake.files(Lake.REJECTED, FRIDAY)).isEmpty();
  }

  @Test
  void oneDayAtATime_isOnDisk() throws Exception {
    lake.files(Lake.PLAYS, FRIDAY);
    lake.files(Lake.PLAYS, FRIDAY.plusDays(1));
    try (var kept = Files.list(scratch)) {
      assertThat(kept).hasSize(1);
    }
  }

  @Test
  void songs_mayBeMissing() throws Exception {
    assertThat(lake.songs()).isEmpty();
    put(Lake.SONGS, "{}");
    assertThat(lake.songs()).isPresent();
  }

  @Test
  void progress_mayBeMissing() throws Exception {
    assertThat(lake.progress()).isEmpty();
    put(Lake.STREAM_PROGRESS, "{}");
    assertThat(lake.progress()).isPresent();
  }

  @Test
  void wrongSecret_isToldInOneLine() {
    Map<String, String> environment = new HashMap<>(store.lakeEnvironment());
    environment.put("TOP_SONGS_S3_SECRET_KEY", "wrong");
    assertThatThrownBy(() -> RawLake.of(environment, scratch).days(Lake.PLAYS))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot read the lake top-songs at " + store.s3Endpoint());
  }

  private static void put(String name, String text) throws Exception {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    try (var client =
        MinioClient.builder()
            .endpoint(store.s3Endpoint())
            .region("us-east-1")
            .credentials(TestServer.S3_ACCESS_KEY, TestServer.S3_SECRET_KEY)
            .build()) {
      client.putObject(
          PutObjectArgs.builder()
              .bucket(Lake.BUCKET)
              .object(name)
              .data(bytes, bytes.length)
              .build());
    }
  }
}
