package topsongs.serving.evidence;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lake in an object store. What is asked of again is fetched once. */
final class BucketLake implements LakeFolders {
  private static final long CONNECT = Duration.ofSeconds(2).toMillis();
  private static final long ANSWER = Duration.ofSeconds(5).toMillis();

  private final MinioClient store;
  private final String bucket;
  private final Fetched fetched;

  BucketLake(EvidenceSettings settings, String bucket, Fetched fetched) {
    store =
        MinioClient.builder()
            .endpoint(settings.endpoint())
            .region("us-east-1")
            .credentials(settings.accessKey(), settings.secretKey())
            .build();
    store.setTimeout(CONNECT, ANSWER, ANSWER);
    this.bucket = bucket;
    this.fetched = fetched;
  }

  @Override
  public List<LakeFile> list(String folder) {
    var all = ListObjectsArgs.builder().bucket(bucket).prefix(folder + "/").recursive(true);
    var files = new ArrayList<LakeFile>();
    try {
      for (var found : store.listObjects(all.build())) {
        var item = found.get();
        if (!item.isDir()) {
          files.add(new LakeFile(item.objectName(), item.size(), item.etag()));
        }
      }
    } catch (MinioException | IllegalStateException e) { // So the client says that nobody answered.
      throw unreadable(e);
    }
    return files;
  }

  @Override
  public Optional<String> text(String path) {
    try (var object = open(path)) {
      return Optional.of(new String(object.readAllBytes(), StandardCharsets.UTF_8));
    } catch (ErrorResponseException e) {
      if (e.errorResponse().code().equals("NoSuchKey")) {
        return Optional.empty();
      }
      throw unreadable(e);
    } catch (IOException | MinioException e) {
      throw unreadable(e);
    }
  }

  @Override
  public List<Path> local(List<LakeFile> files, Deadline deadline) {
    return fetched.all(
        files,
        (file, copy) -> {
          deadline.secondsLeft();
          copy(file, copy);
        });
  }

  private void copy(LakeFile file, Path copy) {
    try (var object = open(file.path())) {
      Files.copy(object, copy, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | MinioException e) {
      throw unreadable(e);
    }
  }

  private InputStream open(String path) throws MinioException {
    return store.getObject(GetObjectArgs.builder().bucket(bucket).object(path).build());
  }

  private static LakeUnreadable unreadable(Exception e) {
    if (e instanceof ErrorResponseException refused) {
      var code = refused.errorResponse().code();
      return code.equals("NoSuchKey")
          ? LakeUnreadable.replaced(e)
          : new LakeUnreadable("the object store refuses it: " + code, e);
    }
    return new LakeUnreadable("the object store does not answer", e);
  }

  @Override
  public void close() {
    try {
      store.close();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot let go of the object store", e);
    }
  }
}
