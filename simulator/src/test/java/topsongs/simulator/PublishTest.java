package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import topsongs.contract.Lake;
import topsongs.contract.TestServer;

class PublishTest {
  @RegisterExtension private static final Shell SHELL = new Shell();

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  @Test
  void builtInSongs_areInTheLake_andTwiceIsOnce() throws Exception {
    assertThat(publish(SHELL.store().lakeEnvironment())).isZero();
    assertThat(publish(SHELL.store().lakeEnvironment())).isZero();
    assertThat(published()).isEqualTo(Catalogue.of(null).jsonl());
  }

  @Test
  void ownFile_replacesTheWhole() throws Exception {
    var file = folder.resolve("songs.jsonl");
    Files.writeString(file, "{\"song_id\":\"a\",\"title\":\"Älska\",\"artist\":\"B\"}\n");
    assertThat(publish(SHELL.store().lakeEnvironment(), "--file=" + file)).isZero();
    assertThat(published()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void keptSongs_stayAsTheyAre_andTheOthersAreAdded() throws Exception {
    var corrected = "{\"song_id\":\"s-0001\",\"title\":\"Corrected\",\"artist\":\"B\"}";
    var file = folder.resolve("songs.jsonl");
    Files.writeString(file, corrected); // Without a line's end.
    assertThat(publish(SHELL.store().lakeEnvironment(), "--file=" + file)).isZero();

    assertThat(publish(SHELL.store().lakeEnvironment(), "--keep")).isZero();
    var all = Catalogue.of(null).songs().size();
    var lines = new String(published(), StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(all).startsWith(corrected);
    assertThat(lines.get(1)).contains("s-0002");

    assertThat(publish(SHELL.store().lakeEnvironment(), "--keep")).isZero();
    assertThat(new String(published(), StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(lines);
  }

  @Test
  void wrongSecret_isToldInOneLine() {
    var environment = new HashMap<>(SHELL.store().lakeEnvironment());
    environment.put("TOP_SONGS_S3_SECRET_KEY", "wrong");
    assertThat(publish(environment)).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("Cannot publish the catalogue to " + SHELL.store().s3Endpoint());
  }

  private static byte[] published() throws Exception {
    try (var lake =
            MinioClient.builder()
                .endpoint(SHELL.store().s3Endpoint())
                .region("us-east-1")
                .credentials(TestServer.S3_ACCESS_KEY, TestServer.S3_SECRET_KEY)
                .build();
        var object =
            lake.getObject(
                GetObjectArgs.builder().bucket(Lake.BUCKET).object(Lake.SONGS).build())) {
      return object.readAllBytes();
    }
  }

  private int publish(Map<String, String> environment, String... more) {
    return Shell.run(out, environment, Stream.of("catalogue", "publish"), more);
  }
}
