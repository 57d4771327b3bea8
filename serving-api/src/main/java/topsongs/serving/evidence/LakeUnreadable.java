package topsongs.serving.evidence;

import org.jspecify.annotations.Nullable;

/** The lake cannot be read now; a later try may find it better. */
public final class LakeUnreadable extends RuntimeException {
  LakeUnreadable(String reason) {
    this(reason, null);
  }

  /**
   * @param reason what a caller may read: no address and no key
   */
  LakeUnreadable(String reason, @Nullable Throwable cause) {
    super("Cannot read the lake: " + reason, cause);
  }

  static LakeUnreadable replaced(@Nullable Throwable cause) {
    return new LakeUnreadable("files of it have just been replaced", cause);
  }
}
