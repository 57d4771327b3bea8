package topsongs.simulator;

import io.minio.MinioClient;
import java.util.Map;
import topsongs.contract.Lake;

/**
 * Where a lake in a bucket is, and who opens it.
 *
 * @param client to be closed by whoever asked for it
 */
public record ObjectStore(String endpoint, String bucket, MinioClient client) {
  private static final String BUCKET_ROOT = "s3a://";

  /**
   * The bucket of {@code TOP_SONGS_LAKE} in the store of {@code TOP_SONGS_S3_ENDPOINT}.
   *
   * @throws Failure when the lake is not a bucket, or there is no key
   */
  public static ObjectStore of(Map<String, String> environment) {
    var bucket = bucket(Lake.root(environment));
    var endpoint = environment.getOrDefault("TOP_SONGS_S3_ENDPOINT", "http://127.0.0.1:9000");
    var accessKey = environment.getOrDefault("TOP_SONGS_S3_ACCESS_KEY", "");
    var secretKey = environment.getOrDefault("TOP_SONGS_S3_SECRET_KEY", "");
    if (accessKey.isEmpty() || secretKey.isEmpty()) {
      throw new Failure(
          "Cannot reach the lake: it wants a key; set TOP_SONGS_S3_ACCESS_KEY and TOP_SONGS_S3_SECRET_KEY");
    }
    var client =
        MinioClient.builder()
            .endpoint(endpoint)
            .region("us-east-1")
            .credentials(accessKey, secretKey)
            .build();
    return new ObjectStore(endpoint, bucket, client);
  }

  /** Whether a lake of that root is in one. */
  public static boolean holds(String root) {
    return root.startsWith(BUCKET_ROOT);
  }

  private static String bucket(String root) {
    if (!holds(root)) {
      throw new Failure(
          "Cannot reach the lake: TOP_SONGS_LAKE must be s3a://BUCKET, got '%s'".formatted(root));
    }
    return root.substring(BUCKET_ROOT.length()).replaceAll("/+$", "");
  }
}
