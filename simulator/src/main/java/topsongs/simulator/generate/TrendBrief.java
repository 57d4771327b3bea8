package topsongs.simulator.generate;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import topsongs.simulator.Song;

/** For each region, a song of ours that takes off there on some day of the week. */
final class TrendBrief implements Brief {
  private static final String INSTRUCTIONS =
      """
      You make up the week's events of an invented crowd of music listeners. For each numbered region, \
      one of its songs goes viral: choose the song (song_id, from that region's list), from when to when \
      in the week by local time (from and to, such as FRI 18:00; days MON TUE WED THU FRI SAT SUN; a few \
      hours to three days), how many times as many plays it gets (factor, 1.5 to 50) and what \
      happened, in one English sentence (story). Name no real person, song or company. Answer with JSON \
      of the given shape only, without any other field.""";

  private final TrendBook book;
  private final Map<Integer, Stage> stages;

  TrendBrief(TrendBook book, Map<Integer, Stage> stages) {
    this.book = book;
    this.stages = stages;
  }

  @Override
  public String name() {
    return "trends";
  }

  @Override
  public String instructions() {
    return INSTRUCTIONS;
  }

  @Override
  public String request(Set<Integer> numbers) {
    return numbers.stream()
        .map(number -> "%d. %s".formatted(number, stage(number)))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public JsonObjectSchema item() {
    return JsonObjectSchema.builder()
        .addIntegerProperty("number")
        .addStringProperty("region")
        .addStringProperty("song_id")
        .addStringProperty("from")
        .addStringProperty("to")
        .addNumberProperty("factor")
        .addStringProperty("story")
        .required("number", "region", "song_id", "from", "to", "factor", "story")
        .additionalProperties(false)
        .build();
  }

  @Override
  public void take(int number, Item item) {
    var stage = stage(number);
    var from = item.timeOfWeek("from");
    var to = item.timeOfWeek("to");
    if (from.equals(to)) {
      throw new IllegalArgumentException(
          "to must be another time than from, got '%s'".formatted(to));
    }
    book.add(
        new Trend(
            Trend.Kind.TREND,
            item.oneOf(List.of(stage.region()), "region"),
            null,
            item.oneOf(stage.songs().stream().map(Song::songId).toList(), "song_id"),
            from,
            to,
            item.factor("factor", 1.5, 50),
            item.text("story", 200)));
  }

  private Stage stage(int number) {
    var stage = stages.get(number);
    if (stage == null) {
      throw new IllegalStateException("no region " + number);
    }
    return stage;
  }

  /**
   * Where a song may take off.
   *
   * @param songs to choose from
   */
  record Stage(String region, List<Song> songs) {
    @Override
    public String toString() {
      return songs.stream()
          .map(song -> "%s \"%s\" (%s)".formatted(song.songId(), song.title(), song.genre()))
          .collect(Collectors.joining("; ", region + ": ", ""));
    }
  }
}
