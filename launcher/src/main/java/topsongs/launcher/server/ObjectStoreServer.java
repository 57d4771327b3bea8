package topsongs.launcher.server;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import topsongs.contract.Lake;

/** An S3 server on a folder: each bucket is a folder, each object a file. */
final class ObjectStoreServer {
  /** Spark's uploads are not chunked; S3Proxy's own limit would be 128 MB. */
  private static final long MAX_OBJECT_BYTES = 1L << 30;

  private ObjectStoreServer() {}

  /** Starts the server and makes the lake's bucket. */
  static void start(int port, Path folder, String accessKey, String secretKey) throws Exception {
    Files.createDirectories(folder.resolve(Lake.BUCKET));
    var server =
        S3Proxy.builder()
            .blobStore(new ConditionalPuts(new FilesystemNio2BlobStore(folder.toString())))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
            .v4MaxNonChunkedRequestSize(MAX_OBJECT_BYTES)
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
  }
}
