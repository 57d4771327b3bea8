package topsongs.launcher.server;

import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Makes If-Match of a put what it is on S3: of two who write on what they read, one is refused.
 * S3Proxy compares the ETag first and then writes, and so both may pass.
 */
final class ConditionalPuts extends ForwardingBlobStore {
  /** Of objects that were ever put on condition: nobody else puts them meanwhile. */
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  ConditionalPuts(BlobStore store) {
    super(store);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
    var name = request.bucket() + "/" + request.key();
    var lock =
        request.ifMatch() == null
            ? locks.get(name)
            : locks.computeIfAbsent(name, key -> new Object());
    if (lock == null) {
      return super.putBlob(request, body);
    }
    synchronized (lock) {
      requireMatch(request);
      return super.putBlob(request, body);
    }
  }

  private void requireMatch(PutObjectRequest request) {
    var wanted = request.ifMatch();
    if (wanted != null) {
      var head =
          blobMetadata(
              HeadObjectRequest.builder().bucket(request.bucket()).key(request.key()).build());
      if (head == null || !bare(wanted).equals(bare(head.eTag()))) {
        throw S3Exceptions.fromStatusCode(412);
      }
    }
  }

  private static String bare(String etag) {
    return etag.replace("\"", "");
  }
}
