package topsongs.lakeinit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a user may do with the objects of a bucket, by their folders. What is written may be read.
 *
 * @param read folders that are only read
 * @param write folders that are written, too
 * @param delete folders whose objects may be removed
 */
record Policy(List<String> read, List<String> write, List<String> delete) {
  private static final String STATEMENT =
      """
      {"Effect": "Allow", "Action": [%s], "Resource": [%s]}""";

  /** In the form that MinIO and AWS share. Names of objects are no secret: all may be listed. */
  String json(String bucket) {
    var statements = new ArrayList<String>();
    statements.add(
        statement(
            List.of("s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"),
            Stream.of(bucket)));
    statements.add(
        statement(
            List.of("s3:GetObject"),
            Stream.concat(read.stream(), write.stream())
                .flatMap(folder -> within(bucket, folder))));
    if (!write.isEmpty()) {
      statements.add(
          statement(
              List.of("s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
              write.stream().flatMap(folder -> within(bucket, folder))));
    }
    if (!delete.isEmpty()) {
      statements.add(
          statement(
              List.of("s3:DeleteObject"),
              delete.stream().flatMap(folder -> within(bucket, folder))));
    }
    return """
        {"Version": "2012-10-17", "Statement": [%s]}"""
        .formatted(String.join(", ", statements));
  }

  private static String statement(List<String> actions, Stream<String> resources) {
    return STATEMENT.formatted(
        quoted(actions.stream()), quoted(resources.map("arn:aws:s3:::"::concat)));
  }

  /** Hadoop asks for an object of the folder's own name, too, and takes 403 for an error. */
  private static Stream<String> within(String bucket, String folder) {
    return Stream.of(bucket + "/" + folder, bucket + "/" + folder + "/*");
  }

  private static String quoted(Stream<String> texts) {
    return String.join(", ", texts.map("\"%s\""::formatted).toList());
  }
}
