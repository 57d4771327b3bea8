package topsongs.ingestion;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Many songs in one body, each good or refused by itself. */
final class SongBatch {
  private static final String SONGS = "songs";

  private final List<Song> songs = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  /** A song that was not taken, by its place in the body, which starts at 0. */
  record Rejection(int index, @Nullable String songId, Batch.Problem problem) {}

  private SongBatch() {}

  /**
   * Reads {@code {"songs": […]}}.
   *
   * @throws Refusal when the body as a whole is not that
   */
  static SongBatch ofJson(InputStream body) throws IOException {
    var batch = new SongBatch();
    BatchBody.readJson(body, SongDraft.MAX_BYTES, SONGS, batch::add);
    return batch;
  }

  /**
   * Reads one song per line; blank lines are not counted.
   *
   * @throws Refusal when there is no line at all, or more than 1,000
   */
  static SongBatch ofLines(InputStream body) throws IOException {
    var batch = new SongBatch();
    BatchBody.readLines(body, SongDraft.MAX_BYTES, SONGS, batch::add);
    return batch;
  }

  List<Song> songs() {
    return songs;
  }

  List<Rejection> rejections() {
    return rejections;
  }

  private void add(int index, Items item) {
    @Nullable String songId = null;
    try {
      var draft = draft(item);
      songId = draft.songId();
      songs.add(draft.song());
    } catch (Refusal e) {
      rejections.add(new Rejection(index, songId, Batch.Problem.of(e)));
    }
  }

  private static SongDraft draft(Items item) {
    if (item.isTooLong()) {
      throw SongDraft.tooLarge();
    }
    try {
      return SongDraft.readOnly(PlayJson.parser(item.bytes(), item.length()));
    } catch (JacksonException e) {
      throw Refusal.of(e);
    }
  }
}
