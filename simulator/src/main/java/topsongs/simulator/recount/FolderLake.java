package topsongs.simulator.recount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import topsongs.contract.Lake;

/** A lake on this machine's disk. */
final class FolderLake implements RawLake {
  private final Path root;

  FolderLake(Path root) {
    this.root = root;
  }

  @Override
  public SortedSet<LocalDate> days(String table) throws IOException {
    var rows = root.resolve(table);
    if (!Files.isDirectory(rows)) {
      return new TreeSet<>();
    }
    try (var folders = Files.list(rows)) {
      return folders
          .flatMap(folder -> RawLake.day(folder.getFileName().toString()).stream())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Override
  public List<Path> files(String table, LocalDate day) throws IOException {
    var folder = root.resolve(table).resolve("event_date=" + day);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> RawLake.isParquet(folder.relativize(file).toString()))
          .sorted()
          .toList();
    }
  }

  @Override
  public Optional<Path> songs() {
    return Optional.of(root.resolve(Lake.SONGS)).filter(Files::exists);
  }

  @Override
  public Optional<Path> progress() {
    return Optional.of(root.resolve(Lake.STREAM_PROGRESS)).filter(Files::exists);
  }

  @Override
  public Optional<Instant> songsChanged() throws IOException {
    var songs = songs();
    return songs.isPresent()
        ? Optional.of(Files.getLastModifiedTime(songs.get()).toInstant())
        : Optional.empty();
  }

  @Override
  public void close() {}
}
