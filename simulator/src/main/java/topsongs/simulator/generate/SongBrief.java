package topsongs.simulator.generate;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import topsongs.simulator.Song;

/** Songs in one language. */
final class SongBrief implements Brief {
  static final LocalDate FIRST_RELEASE = LocalDate.of(1998, 1, 1);

  private static final int SHOWN_TITLES = 40;
  private static final String INSTRUCTIONS =
      """
      You invent songs for a music catalogue that is wholly made up. Every artist, album and title \
      is invented: never a real one, nor a well-known line of one. Write as listeners of the \
      language would find it natural, in its own script: idioms, places, moods, jokes; short titles and \
      long ones. Some songs share an artist and an album, most do not. duration_ms is in milliseconds, \
      15000 to 600000, mostly 150000 to 260000, never round. Each item carries its number. Answer with \
      JSON of the given shape only, without any other field.""";

  private final SongBook book;
  private final Assignment assignment;
  private final List<String> genres;
  private final LocalDate lastRelease;

  /**
   * @param genres all that a song may have
   */
  SongBrief(SongBook book, Assignment assignment, List<String> genres, LocalDate lastRelease) {
    this.book = book;
    this.assignment = assignment;
    this.genres = genres;
    this.lastRelease = lastRelease;
  }

  @Override
  public String name() {
    return "songs";
  }

  @Override
  public String instructions() {
    return INSTRUCTIONS;
  }

  @Override
  public String request(Set<Integer> numbers) {
    return """
        Catalogue %d, part %d. Language: %s (%s). Released from %s to %s.
        Genres, above all: %s. Allowed: %s.
        Titles that are taken: %s"""
        .formatted(
            assignment.seed(),
            assignment.part(),
            assignment.language(),
            Locale.forLanguageTag(assignment.language()).getDisplayLanguage(Locale.ENGLISH),
            FIRST_RELEASE,
            lastRelease,
            String.join(", ", assignment.genres()),
            String.join(", ", genres),
            takenTitles());
  }

  @Override
  public JsonObjectSchema item() {
    return JsonObjectSchema.builder()
        .addIntegerProperty("number")
        .addStringProperty("title")
        .addStringProperty("artist")
        .addStringProperty("album")
        .addEnumProperty("genre", genres)
        .addIntegerProperty("duration_ms")
        .addStringProperty("release_date", "YYYY-MM-DD")
        .addEnumProperty("language", List.of(assignment.language()))
        .required(
            "number",
            "title",
            "artist",
            "album",
            "genre",
            "duration_ms",
            "release_date",
            "language")
        .additionalProperties(false)
        .build();
  }

  @Override
  public void take(int number, Item item) {
    var title = item.text("title", 120);
    if (book.knows(title)) {
      throw new IllegalArgumentException("title is taken, got '%s'".formatted(title));
    }
    var artist = item.text("artist", 80);
    var album = item.text("album", 120);
    var genre = item.oneOf(genres, "genre");
    var duration = item.integer("duration_ms", 15_000, 600_000);
    var released = item.date("release_date", FIRST_RELEASE, lastRelease);
    var language = item.oneOf(List.of(assignment.language()), "language");
    book.add(new Song(book.nextId(), title, artist, album, genre, duration, released, language));
  }

  private String takenTitles() {
    var songs = book.songsIn(assignment.language());
    return songs.stream()
        .skip(Math.max(0, songs.size() - SHOWN_TITLES))
        .map(Song::title)
        .collect(Collectors.joining(" | "));
  }
}
