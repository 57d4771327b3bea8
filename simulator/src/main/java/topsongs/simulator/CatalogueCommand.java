package topsongs.simulator;

import io.minio.errors.MinioException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import topsongs.contract.Lake;

@Command(
    name = "catalogue",
    description = "The songs that the crowd plays.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class CatalogueCommand {

  @Command(
      name = "publish",
      description = "Writes the catalogue to the lake, as a whole; the same again changes nothing.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Examples:",
        "  simulator catalogue publish                      # the built-in songs",
        "  simulator catalogue publish --keep               # those of them that are not there yet",
        "  simulator catalogue publish --file=songs.jsonl   # your own",
        "",
        "Reads TOP_SONGS_S3_ENDPOINT, TOP_SONGS_S3_ACCESS_KEY, TOP_SONGS_S3_SECRET_KEY, TOP_SONGS_LAKE."
      })
  static final class Publish implements Callable<Integer> {
    @Option(
        names = "--file",
        paramLabel = "FILE",
        description =
            "Songs as JSON Lines: song_id, title, artist, album, genre, duration_ms, release_date.")
    @Nullable Path file;

    @Option(
        names = "--keep",
        description = "Leave every song that the lake has as it is, and add the others.")
    boolean keep;

    private final Map<String, String> environment;
    private final PrintWriter out;

    Publish(Map<String, String> environment, PrintWriter out) {
      this.environment = environment;
      this.out = out;
    }

    @Override
    public Integer call() throws Exception {
      var catalogue = Catalogue.of(file);
      try (var lake = LakeBucket.of(environment)) {
        publish(lake, catalogue);
        out.printf(
            Locale.ROOT, "%,d songs in %s/%s%n", catalogue.songs().size(), lake.name(), Lake.SONGS);
      }
      return 0;
    }

    private void publish(LakeBucket lake, Catalogue catalogue) {
      try {
        if (keep) {
          lake.addSongs(catalogue);
        } else {
          lake.putSongs(catalogue.jsonl());
        }
      } catch (MinioException e) {
        throw new Failure(
            "Cannot publish the catalogue to %s: %s; is the stack up? ./top-songs up"
                .formatted(lake.endpoint(), e.getMessage()));
      }
    }
  }

  @Command(
      name = "show",
      description = "A few songs, and how many there are of each language and genre.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    private static final int SHOWN = 12;

    @Option(names = "--file", paramLabel = "FILE", description = "Default: the built-in catalogue")
    @Nullable Path file;

    private final PrintWriter out;

    Show(PrintWriter out) {
      this.out = out;
    }

    @Override
    public Integer call() {
      var songs = Catalogue.of(file).songs();
      for (int i = 0; i < SHOWN && i < songs.size(); i++) {
        var song = songs.get((int) ((long) i * songs.size() / SHOWN));
        out.printf("%s  %s — %s (%s)%n", song.songId(), song.title(), song.artist(), song.genre());
      }
      long artists = songs.stream().map(Song::artist).distinct().count();
      out.printf(Locale.ROOT, "%,d songs by %,d artists%n", songs.size(), artists);
      out.println("languages: " + counts(songs, Song::language));
      out.println("genres: " + counts(songs, Song::genre));
      return 0;
    }

    private static String counts(List<Song> songs, Function<Song, @Nullable String> field) {
      return songs.stream()
          .collect(
              Collectors.groupingBy(
                  song -> String.valueOf(field.apply(song)), TreeMap::new, Collectors.counting()))
          .entrySet()
          .stream()
          .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
          .map(e -> e.getKey() + " " + e.getValue())
          .collect(Collectors.joining(", "));
    }
  }
}
