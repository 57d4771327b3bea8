package topsongs.ingestion;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import topsongs.contract.Lake;
import topsongs.contract.TestServer;

/** The lake's catalogue as any other program finds it. */
record SongsObject(MinioClient store) {
  static SongsObject of(TestServer objectStore) {
    return new SongsObject(
        MinioClient.builder()
            .endpoint(objectStore.s3Endpoint())
            .region("us-east-1")
            .credentials(TestServer.S3_ACCESS_KEY, TestServer.S3_SECRET_KEY)
            .build());
  }

  void replace(String jsonl) throws Exception {
    byte[] bytes = jsonl.getBytes(StandardCharsets.UTF_8);
    store.putObject(
        PutObjectArgs.builder()
            .bucket(Lake.BUCKET)
            .object(Lake.SONGS)
            .data(bytes, bytes.length)
            .build());
  }

  void remove() throws Exception {
    store.removeObject(RemoveObjectArgs.builder().bucket(Lake.BUCKET).object(Lake.SONGS).build());
  }

  List<String> lines() throws Exception {
    var songs = GetObjectArgs.builder().bucket(Lake.BUCKET).object(Lake.SONGS).build();
    try (var in = store.getObject(songs)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  ZonedDateTime lastModified() throws Exception {
    return store
        .statObject(StatObjectArgs.builder().bucket(Lake.BUCKET).object(Lake.SONGS).build())
        .lastModified();
  }
}
