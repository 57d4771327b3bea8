package topsongs.serving;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import topsongs.serving.ChartResource.ShortSong;
import topsongs.serving.SongResource.Song;

/** What songs are called, as of the last load of the catalogue. */
@Repository
class Songs {
  private static final String NAMED =
      """
      SELECT asked.song_id, title, artist, album, genre, duration_ms, release_date
      FROM unnest(?) AS asked (song_id) LEFT JOIN song USING (song_id)
      """;

  private final JdbcClient jdbc;

  Songs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Song named(String songId) {
    return requireNonNull(named(List.of(songId)).get(songId));
  }

  /** Each of them, by its id; of one that the catalogue does not know, only that. */
  Map<String, Song> named(Collection<String> songIds) {
    return jdbc
        .sql(NAMED)
        .param(songIds.toArray(String[]::new))
        .query((row, n) -> Charts.song(row))
        .list()
        .stream()
        .collect(toMap(Song::songId, song -> song, (one, same) -> one));
  }

  static ShortSong inShort(Song song) {
    return new ShortSong(song.songId(), song.title(), song.artist());
  }
}
