package topsongs.serving.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static topsongs.contract.Granularity.HOUR;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import topsongs.contract.CountingRules;
import topsongs.contract.Lake;
import topsongs.contract.Period;
import topsongs.contract.TestServer;
import topsongs.serving.evidence.Evidence.Fate;

class BucketLakeTest {
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
  private static final ChartKey CANADA_AT_NINE = new ChartKey("CA", new Period(HOUR, NINE));
  private static final CountingRules RULES = CountingRules.load("1");

  private static TestServer server;
  private static MinioClient store;

  @TempDir static Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.objectStore();
    store =
        MinioClient.builder()
            .endpoint(server.s3Endpoint())
            .region("us-east-1")
            .credentials(TestServer.S3_ACCESS_KEY, TestServer.S3_SECRET_KEY)
            .build();
    publish("1", "1 ana copper CA 2026-11-22T09:01:00Z 60000 2026-11-22T09:02:00Z 0 1");
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
    server.close();
  }

  @Test
  void lakeInABucket_isCounted_andAgainWhenItsHourIsReplaced() throws Exception {
    try (var evidence = evidence(TestServer.S3_SECRET_KEY, DataSize.ofMegabytes(64))) {
      var account = evidence.account(CANADA_AT_NINE, RULES, "copper");
      assertThat(account.song().orElseThrow().standing().plays()).isEqualTo(1);
      assertThat(account.files().files()).hasSize(1);
      assertThat(account.files().bytes()).isEqualTo(account.files().files().get(0).bytes());
      var id = "00000000-0000-0000-0000-000000000001";
      var charts = Map.of(CANADA_AT_NINE, RULES);
      var traced = evidence.trace(id, NINE.plusSeconds(60), play -> charts).orElseThrow();
      assertThat(traced.play().deliveries().get(0).file())
          .isEqualTo(account.files().files().get(0).path());
      assertThat(traced.fates()).containsExactly(entry(CANADA_AT_NINE, new Fate("counted", 1)));

      publish("2", "2 ben copper CA 2026-11-22T09:02:00Z 60000 2026-11-22T09:03:00Z 0 2");
      account = evidence.account(CANADA_AT_NINE, RULES, "copper");
      assertThat(account.song().orElseThrow().standing().plays()).isEqualTo(2);
    }
  }

  @Test
  void moreThanMayBeFetched_isRefused_withItsSize() {
    try (var evidence = evidence(TestServer.S3_SECRET_KEY, DataSize.ofBytes(100))) {
      assertThatThrownBy(() -> evidence.account(CANADA_AT_NINE, RULES, "copper"))
          .isInstanceOf(LakeUnreadable.class)
          .hasMessageContaining("are fetched for an answer");
    }
  }

  @Test
  void storeThatRefuses_orIsAway_isToldWithoutItsAddress() {
    try (var evidence = evidence("wrong", DataSize.ofMegabytes(1))) {
      assertThatThrownBy(() -> evidence.account(CANADA_AT_NINE, RULES, "copper"))
          .isInstanceOf(LakeUnreadable.class)
          .hasMessageStartingWith("Cannot read the lake: the object store refuses it: ");
    }
    var asked = Instant.now();
    try (var evidence =
        new Evidence(settings("http://127.0.0.1:1", "any", DataSize.ofMegabytes(1)))) {
      assertThatThrownBy(() -> evidence.account(CANADA_AT_NINE, RULES, "copper"))
          .hasMessage("Cannot read the lake: the object store does not answer");
    }
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void withoutAKey_thereIsNoLake() {
    var settings = settings(server.s3Endpoint(), "", DataSize.ofMegabytes(1));
    var keyless =
        new EvidenceSettings(
            settings.lake(),
            settings.endpoint(),
            "",
            "",
            settings.memory(),
            settings.disk(),
            settings.timeLimit(),
            settings.patience());
    try (var evidence = new Evidence(keyless)) {
      assertThatThrownBy(() -> evidence.trace("any", NINE, play -> Map.of()))
          .isInstanceOf(LakeUnreadable.class)
          .hasMessageContaining("not told where it is");
    }
  }

  private static Evidence evidence(String secret, DataSize disk) {
    return new Evidence(settings(server.s3Endpoint(), secret, disk));
  }

  private static EvidenceSettings settings(String endpoint, String secret, DataSize disk) {
    var limit = Duration.ofSeconds(30);
    return new EvidenceSettings(
        "s3a://" + Lake.BUCKET,
        endpoint,
        TestServer.S3_ACCESS_KEY,
        secret,
        DataSize.ofMegabytes(64),
        disk,
        limit,
        limit);
  }

  /** Adds plays to the lake and makes its hours anew, as the jobs do. */
  private static void publish(String name, String plays) throws Exception {
    var lake = new PlayedLake(folder);
    lake.append(name, plays);
    var before = lake.root().resolve(Lake.ENRICHED);
    for (var file : Files.exists(before) ? files(before) : new Path[0]) {
      store.removeObject(
          RemoveObjectArgs.builder().bucket(Lake.BUCKET).object(object(file)).build());
    }
    lake.enrich("copper 201000");
    for (var file : files(folder)) {
      var bytes = Files.readAllBytes(file);
      store.putObject(
          PutObjectArgs.builder()
              .bucket(Lake.BUCKET)
              .object(object(file))
              .data(bytes, bytes.length)
              .build());
    }
  }

  private static String object(Path file) {
    return folder.relativize(file).toString();
  }

  private static Path[] files(Path below) throws Exception {
    try (var files = Files.walk(below)) {
      return files.filter(Files::isRegularFile).toArray(Path[]::new);
    }
  }
}
