package topsongs.serving.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A lake on this machine's disk, read in place. */
final class FolderLake implements LakeFolders {
  private final Path root;

  FolderLake(Path root) {
    this.root = root;
  }

  @Override
  public List<LakeFile> list(String folder) {
    if (!Files.isDirectory(root)) {
      throw new LakeUnreadable("its folder is not there");
    }
    if (!Files.isDirectory(root.resolve(folder))) {
      return List.of();
    }
    try (var files = Files.walk(root.resolve(folder))) {
      return files.filter(Files::isRegularFile).sorted().map(this::file).toList();
    } catch (IOException | UncheckedIOException e) {
      throw LakeUnreadable.replaced(e);
    }
  }

  private LakeFile file(Path file) {
    try {
      var changed = Files.getLastModifiedTime(file).toString();
      return new LakeFile(root.relativize(file).toString(), Files.size(file), changed);
    } catch (IOException e) {
      throw LakeUnreadable.replaced(e);
    }
  }

  @Override
  public Optional<String> text(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw LakeUnreadable.replaced(e);
    }
  }

  @Override
  public List<Path> local(List<LakeFile> files, Deadline deadline) {
    return files.stream().map(file -> root.resolve(file.path())).toList();
  }

  @Override
  public void close() {}
}
