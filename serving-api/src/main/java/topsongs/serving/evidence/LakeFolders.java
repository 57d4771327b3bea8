package topsongs.serving.evidence;

import java.nio.file.Path;
import java.util.List;

/** The lake's files, wherever it is. Whatever goes wrong is a {@link LakeUnreadable}. */
interface LakeFolders extends AutoCloseable {
  /** What lies in the folder and below it, by path; nothing where there is no such folder. */
  List<LakeFile> list(String folder);

  /** The lines of a small file. */
  List<String> lines(LakeFile file);

  /** The files on this machine's disk, in order. They may go when the next are asked for. */
  List<Path> local(List<LakeFile> files, Deadline deadline);

  @Override
  void close();
}
