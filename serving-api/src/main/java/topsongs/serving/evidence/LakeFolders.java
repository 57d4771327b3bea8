package topsongs.serving.evidence;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The lake's files, wherever it is. Whatever goes wrong is a {@link LakeUnreadable}. */
interface LakeFolders extends AutoCloseable {
  /** What lies in the folder and below it, by path; nothing where there is no such folder. */
  List<LakeFile> list(String folder);

  /** The lines of a small file that was listed. */
  default List<String> lines(LakeFile file) {
    return text(file.path()).orElseThrow(() -> LakeUnreadable.replaced(null)).lines().toList();
  }

  /** A small file that is replaced from time to time; empty when there is none. */
  Optional<String> text(String path);

  /** The files on this machine's disk, in order. They may go when the next are asked for. */
  List<Path> local(List<LakeFile> files, Deadline deadline);

  @Override
  void close();
}
