package topsongs.serving.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Files of the lake on this machine's disk: as many as there is room for, those that nobody asked
 * for the longest go first. One question at a time uses it.
 */
final class Fetched {
  private final Path folder;
  private final long room;
  private final LinkedHashMap<LakeFile, Path> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long number;

  Fetched(Path folder, long room) {
    this.folder = folder;
    this.room = room;
  }

  interface Source {
    void copy(LakeFile file, Path to);
  }

  /**
   * @throws LakeUnreadable when all of them together have no room
   */
  List<Path> all(List<LakeFile> files, Source source) {
    long wanted = files.stream().mapToLong(LakeFile::bytes).sum();
    if (wanted > room) {
      throw new LakeUnreadable(
          "this takes %d MiB of it, and at most %d are fetched for an answer"
              .formatted(wanted >> 20, room >> 20));
    }
    makeRoom(Set.copyOf(files));
    var local = new ArrayList<Path>();
    for (var file : files) {
      var copy = kept.get(file);
      local.add(copy == null ? fetch(file, source) : copy);
    }
    return local;
  }

  private Path fetch(LakeFile file, Source source) {
    var copy = folder.resolve(++number + ".parquet");
    try {
      source.copy(file, copy);
    } catch (LakeUnreadable e) {
      delete(copy);
      throw e;
    }
    kept.put(file, copy);
    bytes += file.bytes();
    return copy;
  }

  private void makeRoom(Set<LakeFile> files) {
    long missing =
        files.stream().filter(file -> !kept.containsKey(file)).mapToLong(LakeFile::bytes).sum();
    var oldest = kept.entrySet().iterator();
    while (bytes + missing > room && oldest.hasNext()) {
      var copy = oldest.next();
      if (!files.contains(copy.getKey())) {
        delete(copy.getValue());
        bytes -= copy.getKey().bytes();
        oldest.remove();
      }
    }
  }

  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
