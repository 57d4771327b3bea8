package topsongs.simulator.generate;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import topsongs.simulator.Catalogue;
import topsongs.simulator.Song;

/** The catalogue that is being written: the songs of its file, and those that come to it. */
final class SongBook {
  private final Lines lines;
  private final String idPrefix;
  private final List<Song> songs = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Set<String> titles = new HashSet<>();
  private int lastNumber;

  /**
   * @param recorded whose titles must not come again
   * @param seed becomes part of the ids, so that catalogues of two seeds can be joined
   */
  SongBook(Path file, Catalogue recorded, long seed) {
    lines = new Lines(file);
    idPrefix = "g%d-".formatted(seed);
    recorded.songs().forEach(song -> titles.add(key(song.title())));
    if (!lines.read().isEmpty()) {
      Catalogue.of(file).songs().forEach(this::remember);
    }
  }

  List<Song> songs() {
    return songs;
  }

  List<Song> songsIn(String language) {
    return songs.stream().filter(song -> language.equals(song.language())).toList();
  }

  boolean has(String songId) {
    return ids.contains(songId);
  }

  boolean knows(String title) {
    return titles.contains(key(title));
  }

  /** The id is the book's to give. */
  String nextId() {
    String id;
    do {
      lastNumber++;
      id = String.format(Locale.ROOT, "%s%05d", idPrefix, lastNumber);
    } while (ids.contains(id));
    return id;
  }

  void add(Song song) {
    lines.append(song);
    remember(song);
  }

  private void remember(Song song) {
    songs.add(song);
    ids.add(song.songId());
    titles.add(key(song.title()));
  }

  /** Titles that differ in case, width, spaces or punctuation only are one. */
  private static String key(String title) {
    var plain =
        Normalizer.normalize(Objects.requireNonNull(title), Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT);
    var letters = plain.replaceAll("[^\\p{L}\\p{M}\\p{N}]", "");
    return letters.isEmpty() ? plain : letters;
  }
}
