package topsongs.lakeinit;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.admin.MinioAdminClient;
import io.minio.admin.UserInfo;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.InvalidCipherTextException;

/** A MinIO server as its root user sees it, or without users any S3. */
final class ObjectStore {
  private static final String REGION = "us-east-1";
  private static final long CONNECT = Duration.ofSeconds(5).toMillis();
  private static final long ANSWER = Duration.ofSeconds(20).toMillis();
  private static final long PAUSE = Duration.ofMillis(500).toMillis();
  private static final Set<String> STARTING =
      Set.of("XMinioServerNotInitialized", "ServiceUnavailable");

  private final MinioClient objects;
  private final MinioAdminClient admin;

  ObjectStore(String endpoint, String accessKey, String secretKey) {
    objects =
        MinioClient.builder()
            .endpoint(endpoint)
            .region(REGION)
            .credentials(accessKey, secretKey)
            .build();
    objects.setTimeout(CONNECT, ANSWER, ANSWER);
    admin =
        MinioAdminClient.builder()
            .endpoint(endpoint)
            .region(REGION)
            .credentials(accessKey, secretKey)
            .build();
    admin.setTimeout(CONNECT, ANSWER, ANSWER);
  }

  /** Waits for the server as long as that; returns whether there was no such bucket before. */
  boolean makeBucket(String bucket, Duration patience)
      throws MinioException, GeneralSecurityException, IOException, InterruptedException {
    if (awaitBucket(bucket, patience)) {
      return false;
    }
    objects.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    return true;
  }

  private boolean awaitBucket(String bucket, Duration patience)
      throws MinioException, GeneralSecurityException, IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return objects.bucketExists(BucketExistsArgs.builder().bucket(bucket).build());
      } catch (IOException | MinioException e) {
        if (!starting(e) || System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  private static boolean starting(Exception failure) {
    return failure instanceof IOException
        || failure instanceof ServerException
        || failure instanceof ErrorResponseException refused
            && STARTING.contains(refused.errorResponse().code());
  }

  /** Makes the user's secret and policy these; returns whether there was no such user before. */
  boolean makeUser(LakeUser user, String bucket)
      throws GeneralSecurityException, IOException, InvalidCipherTextException {
    boolean isNew = !admin.listUsers().containsKey(user.accessKey());
    admin.addCannedPolicy(user.accessKey(), user.policy().json(bucket));
    admin.addUser(user.accessKey(), UserInfo.Status.ENABLED, user.secret(), null, List.of());
    admin.setPolicy(user.accessKey(), false, user.accessKey());
    return isNew;
  }
}
