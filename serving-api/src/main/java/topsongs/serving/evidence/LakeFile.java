package topsongs.serving.evidence;

/**
 * A file as the lake lists it.
 *
 * @param path from the lake's root
 * @param version another one when the content is another
 */
record LakeFile(String path, long bytes, String version) {
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  String folder() {
    return path.substring(0, path.lastIndexOf('/'));
  }

  /** Readers of Parquet pass by names that begin with an underscore or a dot. */
  boolean isParquet() {
    return name().endsWith(".parquet") && !name().startsWith("_") && !name().startsWith(".");
  }
}
