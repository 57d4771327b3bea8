package topsongs.lakeinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topsongs.contract.Lake;
import topsongs.contract.TestServer;

@EnabledIfSystemProperty(
    named = "infra",
    matches = "containers",
    disabledReason = "Users are MinIO's own: run with -Dinfra=containers")
class LakeInitTest {
  private static final byte[] CONTENT = "{}\n".getBytes(StandardCharsets.UTF_8);
  private static final List<String> FOLDERS =
      List.of(
          "plays",
          "rejected",
          "progress",
          "checkpoints",
          "enriched",
          "charts",
          "flags",
          "catalogue");

  private static TestServer store;

  private final StringWriter out = new StringWriter();

  @BeforeAll
  static void start() {
    store = TestServer.objectStore();
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void firstRun_makesBucketAndUsers_andTheNextChangesNothing() throws Exception {
    var lake = Map.of("TOP_SONGS_LAKE", "s3a://first-run");
    assertThat(prepare(lake)).isZero();
    assertThat(out.toString()).contains("/first-run is ready: bucket made");
    put(client(TestServer.S3_ACCESS_KEY, TestServer.S3_SECRET_KEY), "first-run", "plays");
    assertThat(prepare(lake)).isZero();
    assertThat(out.toString())
        .endsWith(
            "bucket found, streaming-job found, charting found, catalogue found, auditor found\n");
    var streaming = client("streaming-job", "top-songs-streaming");
    assertThatCode(() -> get(streaming, "first-run", "plays")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "streaming-job, top-songs-streaming, plays rejected progress checkpoints",
    "charting, top-songs-charting, plays rejected progress catalogue enriched charts flags",
    "catalogue, top-songs-catalogue, catalogue progress",
    "auditor, top-songs-auditor, plays enriched rejected catalogue progress"
  })
  void user_readsItsFoldersOnly(String accessKey, String secret, String folders) throws Exception {
    var user = preparedFor(accessKey, secret);
    for (String folder : FOLDERS) {
      assertAllowed(folders, folder, () -> get(user, Lake.BUCKET, folder));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "streaming-job, top-songs-streaming, plays rejected progress checkpoints",
    "charting, top-songs-charting, enriched charts flags",
    "catalogue, top-songs-catalogue, catalogue",
    "auditor, top-songs-auditor, none"
  })
  void user_writesItsFoldersOnly(String accessKey, String secret, String folders) throws Exception {
    var user = preparedFor(accessKey, secret);
    for (String folder : FOLDERS) {
      assertAllowed(folders, folder, () -> put(user, Lake.BUCKET, folder));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "streaming-job, top-songs-streaming, plays rejected progress checkpoints",
    "charting, top-songs-charting, plays rejected enriched charts flags",
    "catalogue, top-songs-catalogue, none",
    "auditor, top-songs-auditor, none"
  })
  void user_removesFromItsFoldersOnly(String accessKey, String secret, String folders)
      throws Exception {
    var user = preparedFor(accessKey, secret);
    for (String folder : FOLDERS) {
      assertAllowed(folders, folder, () -> remove(user, folder));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "streaming-job, top-songs-streaming",
    "charting, top-songs-charting",
    "catalogue, top-songs-catalogue",
    "auditor, top-songs-auditor"
  })
  void user_seesTheBucketButNoOther(String accessKey, String secret) throws Exception {
    var user = preparedFor(accessKey, secret);
    assertThat(prepare(Map.of("TOP_SONGS_LAKE", "s3a://other", "TOP_SONGS_S3_USERS", "off")))
        .isZero();
    assertThat(exists(user, Lake.BUCKET)).isTrue();
    assertThatCode(() -> list(user, Lake.BUCKET)).doesNotThrowAnyException();
    assertThatThrownBy(() -> exists(user, "other")).hasMessage("Access denied");
    assertThatThrownBy(() -> list(user, "other")).hasMessage("Access Denied.");
  }

  @Test
  void changedSecret_opensTheLake_andTheOldOneNoLonger() throws Exception {
    assertThat(prepare(Map.of())).isZero();
    var changed = Map.of("TOP_SONGS_S3_CATALOGUE_SECRET", "another-secret");
    assertThat(prepare(changed)).isZero();
    assertThat(exists(client("catalogue", "another-secret"), Lake.BUCKET)).isTrue();
    var old = client("catalogue", "top-songs-catalogue");
    assertThatThrownBy(() -> exists(old, Lake.BUCKET)).hasMessage("Access denied");
  }

  @Test
  void withoutUsers_makesTheBucketOnly() {
    var lake = Map.of("TOP_SONGS_LAKE", "s3a://only-a-bucket", "TOP_SONGS_S3_USERS", "off");
    assertThat(prepare(lake)).isZero();
    assertThat(out.toString()).endsWith("/only-a-bucket is ready: bucket made\n");
  }

  @Test
  void wrongRootPassword_isToldInOneLine() {
    assertThat(prepare(Map.of("TOP_SONGS_S3_ROOT_PASSWORD", "wrong"))).isEqualTo(1);
    assertThat(out.toString())
        .isEqualTo("Cannot prepare the lake: Access denied, at " + store.s3Endpoint() + "\n");
  }

  private MinioClient preparedFor(String accessKey, String secret) throws Exception {
    assertThat(prepare(Map.of())).isZero();
    var root = client(TestServer.S3_ACCESS_KEY, TestServer.S3_SECRET_KEY);
    for (String folder : FOLDERS) {
      put(root, Lake.BUCKET, folder);
    }
    return client(accessKey, secret);
  }

  private int prepare(Map<String, String> more) {
    var environment = new HashMap<String, String>();
    environment.put("TOP_SONGS_S3_ENDPOINT", store.s3Endpoint());
    environment.put("TOP_SONGS_S3_ROOT_USER", TestServer.S3_ACCESS_KEY);
    environment.put("TOP_SONGS_S3_ROOT_PASSWORD", TestServer.S3_SECRET_KEY);
    environment.putAll(more);
    var writer = new PrintWriter(out, true);
    return LakeInit.commandLine(environment, writer, writer).execute();
  }

  private static void assertAllowed(String folders, String folder, Attempt attempt) {
    if (List.of(folders.split(" ")).contains(folder)) {
      assertThatCode(attempt::run).as(folder).doesNotThrowAnyException();
    } else {
      assertThat(catchThrowable(attempt::run)).as(folder).hasMessage("Access Denied.");
    }
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static MinioClient client(String accessKey, String secret) {
    return MinioClient.builder()
        .endpoint(store.s3Endpoint())
        .region("us-east-1")
        .credentials(accessKey, secret)
        .build();
  }

  private static boolean exists(MinioClient user, String bucket) throws Exception {
    return user.bucketExists(BucketExistsArgs.builder().bucket(bucket).build());
  }

  private static void list(MinioClient user, String bucket) throws Exception {
    for (var item : user.listObjects(ListObjectsArgs.builder().bucket(bucket).build())) {
      item.get();
    }
  }

  private static void get(MinioClient user, String bucket, String folder) throws Exception {
    var object = GetObjectArgs.builder().bucket(bucket).object(folder + "/object").build();
    user.getObject(object).close();
  }

  private static void put(MinioClient user, String bucket, String folder) throws Exception {
    user.putObject(
        PutObjectArgs.builder().bucket(bucket).object(folder + "/object").stream(
                new ByteArrayInputStream(CONTENT), CONTENT.length, -1)
            .build());
  }

  private static void remove(MinioClient user, String folder) throws Exception {
    user.removeObject(
        RemoveObjectArgs.builder().bucket(Lake.BUCKET).object(folder + "/object").build());
  }
}
