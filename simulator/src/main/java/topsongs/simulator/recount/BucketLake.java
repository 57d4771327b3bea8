package topsongs.simulator.recount;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import topsongs.contract.Lake;
import topsongs.simulator.Failure;
import topsongs.simulator.ObjectStore;

/** A lake in an object store. One day of it is on this machine's disk at a time. */
final class BucketLake implements RawLake {
  private final String endpoint;
  private final String bucket;
  private final MinioClient store;
  private final Path scratch;
  private final List<Path> fetched = new ArrayList<>();

  /**
   * @param scratch an empty folder for what is fetched
   */
  BucketLake(ObjectStore lake, Path scratch) {
    endpoint = lake.endpoint();
    bucket = lake.bucket();
    store = lake.client();
    this.scratch = scratch;
  }

  @Override
  public SortedSet<LocalDate> days(String table) throws IOException {
    var days = new TreeSet<LocalDate>();
    for (String folder : list(table + "/", false)) {
      RawLake.day(folder.replaceAll("/$", "").replaceAll(".*/", "")).ifPresent(days::add);
    }
    return days;
  }

  @Override
  public List<Path> files(String table, LocalDate day) throws IOException, InterruptedException {
    forget();
    var folder = "%s/event_date=%s/".formatted(table, day);
    var names = list(folder, true);
    names.removeIf(name -> !RawLake.isParquet(name.substring(folder.length())));
    for (int i = 0; i < names.size(); i++) {
      fetched.add(scratch.resolve(i + ".parquet"));
    }
    var copies = new ArrayList<Callable<Path>>();
    for (int i = 0; i < names.size(); i++) {
      var name = names.get(i);
      var file = fetched.get(i);
      copies.add(() -> fetch(name, file));
    }
    return Parallel.all(copies);
  }

  @Override
  public Optional<Path> songs() throws IOException {
    return find(Lake.SONGS, scratch.resolve("songs.jsonl"));
  }

  @Override
  public Optional<Path> progress() throws IOException {
    return find(Lake.STREAM_PROGRESS, scratch.resolve("stream.json"));
  }

  @Override
  public Optional<Instant> songsChanged() {
    try {
      var songs = StatObjectArgs.builder().bucket(bucket).object(Lake.SONGS).build();
      return Optional.of(store.statObject(songs).lastModified().toInstant());
    } catch (ErrorResponseException e) {
      if (e.errorResponse().code().equals("NoSuchKey")) {
        return Optional.empty();
      }
      throw unreadable(e);
    } catch (MinioException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      store.close();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private void forget() throws IOException {
    for (Path file : fetched) {
      Files.deleteIfExists(file);
    }
    fetched.clear();
  }

  private List<String> list(String prefix, boolean recursive) {
    var names = new ArrayList<String>();
    var query =
        ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(recursive).build();
    try {
      for (var item : store.listObjects(query)) {
        names.add(item.get().objectName());
      }
    } catch (MinioException e) {
      throw unreadable(e);
    }
    return names;
  }

  private Optional<Path> find(String name, Path file) throws IOException {
    try {
      return Optional.of(copy(name, file));
    } catch (ErrorResponseException e) {
      if (e.errorResponse().code().equals("NoSuchKey")) {
        return Optional.empty();
      }
      throw unreadable(e);
    } catch (MinioException e) {
      throw unreadable(e);
    }
  }

  private Path fetch(String name, Path file) throws IOException {
    try {
      return copy(name, file);
    } catch (MinioException e) {
      throw unreadable(e);
    }
  }

  private Path copy(String name, Path file) throws IOException, MinioException {
    try (var object =
        store.getObject(GetObjectArgs.builder().bucket(bucket).object(name).build())) {
      Files.copy(object, file);
    }
    return file;
  }

  private Failure unreadable(MinioException e) {
    return new Failure(
        "Cannot read the lake %s at %s: %s; is the stack up? ./top-songs up"
            .formatted(bucket, endpoint, e.getMessage()));
  }
}
