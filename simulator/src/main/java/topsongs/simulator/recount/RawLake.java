package topsongs.simulator.recount;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Pattern;
import topsongs.contract.Lake;
import topsongs.simulator.Failure;
import topsongs.simulator.ObjectStore;

/** The lake's raw files, day by day, where DuckDB can read them. */
interface RawLake extends AutoCloseable {
  Pattern DAY = Pattern.compile("event_date=(\\d{4}-\\d{2}-\\d{2})");

  /** The days that plays/ or rejected/ has folders of. */
  SortedSet<LocalDate> days(String table) throws IOException;

  /**
   * The Parquet files of one day of plays/ or rejected/; they may go when the next are asked for.
   */
  List<Path> files(String table, LocalDate day) throws IOException, InterruptedException;

  /** The catalogue, if there is one. */
  Optional<Path> songs() throws IOException;

  /** What the stream says of how far it is, if it has said anything. */
  Optional<Path> progress() throws IOException;

  /** When the catalogue was last written, if there is one. */
  Optional<Instant> songsChanged() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * The lake of {@code TOP_SONGS_LAKE}: a bucket, or a folder that is read in place.
   *
   * @param scratch an empty folder for what has to be fetched
   */
  static RawLake of(Map<String, String> environment, Path scratch) {
    var root = Lake.root(environment);
    if (ObjectStore.holds(root)) {
      return new BucketLake(ObjectStore.of(environment), scratch);
    }
    if (root.startsWith("file:/")) {
      return new FolderLake(Path.of(root.replaceFirst("^file:/+", "/")));
    }
    throw new Failure(
        "Cannot read the lake: TOP_SONGS_LAKE must be s3a://BUCKET or file:///FOLDER, got '%s'"
            .formatted(root));
  }

  /** The day that a folder is named after, if it is. */
  static Optional<LocalDate> day(String folder) {
    var name = DAY.matcher(folder);
    try {
      return name.matches() ? Optional.of(LocalDate.parse(name.group(1))) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether readers of Parquet read it: names that begin with an underscore or a dot are hidden.
   */
  static boolean isParquet(String path) {
    return path.endsWith(".parquet") && !path.matches("(.*/)?[_.].*");
  }
}
