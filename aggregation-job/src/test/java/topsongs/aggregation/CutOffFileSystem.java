package topsongs.aggregation;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/**
 * The lake of a process that dies as if it were killed, between the deletion of a period's folder
 * and the copy that takes its place: of the {@code topsongs.cut-at}th period that it replaces.
 */
public final class CutOffFileSystem extends S3AFileSystem {
  static final int EXIT_CODE = 137;

  private int left = Integer.getInteger("topsongs.cut-at");

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (isPeriod(to)) {
      left--;
      if (left == 0) {
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    }
    return super.rename(from, to);
  }

  /** Such as charts/granularity=hour/period_start=…; of the staging folder's it is not. */
  private static boolean isPeriod(Path to) {
    return to.getName().startsWith("period_start=")
        && to.getParent().getName().startsWith("granularity=");
  }
}
