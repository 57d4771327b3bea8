package topsongs.ingestion;

import io.minio.MinioClient;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * Where the lake is, of which this service writes the catalogue.
 *
 * @param root such as {@code s3a://top-songs}
 * @param accessKey may be empty where nobody may change songs
 */
record LakeSettings(String root, String endpoint, String accessKey, String secretKey) {
  private static final String BUCKET_ROOT = "s3a://";
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Of one request, whatever it waits for. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  boolean isBucket() {
    return root.startsWith(BUCKET_ROOT);
  }

  String bucket() {
    return root.substring(BUCKET_ROOT.length()).replaceAll("/+$", "");
  }

  boolean hasKey() {
    return !accessKey.isEmpty() && !secretKey.isEmpty();
  }

  /** To be closed by whoever asked for it. */
  MinioClient client() {
    var http =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(CONNECT)
            .callTimeout(PATIENCE)
            .build();
    var client = MinioClient.builder().endpoint(endpoint).region("us-east-1").httpClient(http);
    return hasKey() ? client.credentials(accessKey, secretKey).build() : client.build();
  }

  @Override
  public String toString() {
    return "LakeSettings[%s at %s]".formatted(root, endpoint);
  }
}
