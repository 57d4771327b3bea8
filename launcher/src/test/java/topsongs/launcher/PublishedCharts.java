package topsongs.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Real weekly charts of 71 countries, which are test data and lie beside the checkout. */
final class PublishedCharts {
  private static final Path DATA =
      Path.of(System.getProperty("topsongs.root", "..")).resolve("../shared/data");
  private static final int RANKS = 50;
  private static final int BATCH = 500;
  private static final long DAY_MS = 86_400_000;
  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final Map<String, List<String>> songsByCountry;
  private final List<String> catalogue;

  private PublishedCharts(Map<String, List<String>> songsByCountry, List<String> catalogue) {
    this.songsByCountry = songsByCountry;
    this.catalogue = catalogue;
  }

  /** Empty where the files are not there. */
  static Optional<PublishedCharts> read() throws IOException {
    var weekly = DATA.resolve("weekly_2023-12-28_72regions_top200.csv");
    var songs = DATA.resolve("songs_2023-12-28.csv");
    return Files.exists(weekly) && Files.exists(songs)
        ? Optional.of(new PublishedCharts(readCharts(weekly), readCatalogue(songs)))
        : Optional.empty();
  }

  Set<String> countries() {
    return songsByCountry.keySet();
  }

  /** The country's best 50, in order. */
  List<String> songs(String country) {
    return songsByCountry.getOrDefault(country, List.of());
  }

  /** Songs as lines of the lake's catalogue. */
  List<String> catalogue() {
    return catalogue;
  }

  /** 51 − rank plays for each rank, each by another listener, spread evenly over the day. */
  List<List<String>> batches(Instant day) {
    var plays = new ArrayList<String>();
    songsByCountry.forEach(
        (country, songs) -> {
          for (int rank = 1; rank <= RANKS; rank++) {
            for (int n = 0; n < RANKS + 1 - rank; n++) {
              var playedAt = day.plusMillis(plays.size() * 7_919L * 1_000 % DAY_MS);
              plays.add(play("listener-" + plays.size(), songs.get(rank - 1), country, playedAt));
            }
          }
        });
    var batches = new ArrayList<List<String>>();
    for (int i = 0; i < plays.size(); i += BATCH) {
      batches.add(plays.subList(i, Math.min(plays.size(), i + BATCH)));
    }
    return batches;
  }

  /** The same play whenever it is made, so that posting it again adds nothing to a chart. */
  private static String play(String listener, String song, String country, Instant playedAt) {
    var id = UUID.nameUUIDFromBytes((listener + playedAt).getBytes(StandardCharsets.UTF_8));
    return TopSongsApi.play(id, listener, song, country, playedAt, 60_000);
  }

  private static Map<String, List<String>> readCharts(Path file) throws IOException {
    var charts = new TreeMap<String, List<String>>();
    for (var row : rows(file)) {
      int rank = Integer.parseInt(row.get("rank"));
      if (rank <= RANKS && !row.get("region").equals("global")) {
        var songs =
            charts.computeIfAbsent(
                row.get("region").toUpperCase(Locale.ROOT), c -> new ArrayList<>());
        if (songs.size() != rank - 1) {
          throw new IllegalStateException(
              "Cannot read %s: rank %d is out of order".formatted(file, rank));
        }
        songs.add(row.get("track_uri"));
      }
    }
    return charts;
  }

  private static List<String> readCatalogue(Path file) throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var row : rows(file)) {
      var song = new LinkedHashMap<String, Object>();
      song.put("song_id", row.get("track_uri"));
      song.put("title", row.get("track"));
      song.put("artist", row.get("artist"));
      var genre = row.get("genres").replaceAll("^\\['?|'?\\]$|',.*", "");
      if (!genre.isBlank()) {
        song.put("genre", genre);
      }
      song.put("duration_ms", (int) Double.parseDouble(row.get("duration_ms")));
      lines.add(json.writeValueAsString(song));
    }
    return lines;
  }

  private static List<CSVRecord> rows(Path file) throws IOException {
    try (var parser = CSV.parse(Files.newBufferedReader(file))) {
      return parser.getRecords();
    }
  }
}
