package topsongs.streaming;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/** The one object that says how far the stream has come. A reader sees the old or the new one. */
final class ProgressFile {
  private final Configuration hadoop;
  private final Path path;

  ProgressFile(Configuration hadoop, Path path) {
    this.hadoop = hadoop;
    this.path = path;
  }

  Optional<StreamProgress> read() {
    try (var in = path.getFileSystem(hadoop).open(path)) {
      return Optional.of(
          StreamProgress.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  void write(StreamProgress progress) {
    try {
      var files = path.getFileSystem(hadoop);
      // What can abort a stream shows nothing before it is closed; there a rename would be a copy.
      if (files.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM)) {
        write(files, path, progress);
      } else {
        var draft = path.suffix(".tmp");
        write(files, draft, progress);
        FileContext.getFileContext(path.toUri(), hadoop).rename(draft, path, Rename.OVERWRITE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static void write(FileSystem files, Path path, StreamProgress progress)
      throws IOException {
    try (var out = files.create(path, true)) {
      out.write(progress.toJson().getBytes(StandardCharsets.UTF_8));
    }
  }
}
