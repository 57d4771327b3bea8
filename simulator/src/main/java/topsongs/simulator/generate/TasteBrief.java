package topsongs.simulator.generate;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import topsongs.simulator.Region;

/** For each region, a genre that it plays more, or less, than others do. */
final class TasteBrief implements Brief {
  private static final String INSTRUCTIONS =
      """
      You describe the tastes of an invented crowd of music listeners. For each numbered region, name \
      one genre that its listeners play clearly more, or less, than listeners elsewhere do, how many \
      times as much (factor, 0.1 to 5) and why, in one English sentence (story). Name no real person, \
      song or company. Answer with JSON of the given shape only, without any other field.""";

  private final TrendBook book;
  private final Map<Integer, Region> regions;
  private final List<String> genres;

  TasteBrief(TrendBook book, Map<Integer, Region> regions, List<String> genres) {
    this.book = book;
    this.regions = regions;
    this.genres = genres;
  }

  @Override
  public String name() {
    return "tastes";
  }

  @Override
  public String instructions() {
    return INSTRUCTIONS;
  }

  @Override
  public String request(Set<Integer> numbers) {
    var lines =
        numbers.stream()
            .map(number -> "%d. %s\n".formatted(number, region(number).code()))
            .collect(Collectors.joining());
    return "Regions (ISO 3166-1):\n%sGenres: %s.".formatted(lines, String.join(", ", genres));
  }

  @Override
  public JsonObjectSchema item() {
    return JsonObjectSchema.builder()
        .addIntegerProperty("number")
        .addStringProperty("region")
        .addEnumProperty("genre", genres)
        .addNumberProperty("factor")
        .addStringProperty("story")
        .required("number", "region", "genre", "factor", "story")
        .additionalProperties(false)
        .build();
  }

  @Override
  public void take(int number, Item item) {
    book.add(
        Trend.taste(
            item.oneOf(List.of(region(number).code()), "region"),
            item.oneOf(genres, "genre"),
            item.factor("factor", 0.1, 5),
            item.text("story", 200)));
  }

  private Region region(int number) {
    var region = regions.get(number);
    if (region == null) {
      throw new IllegalStateException("no region " + number);
    }
    return region;
  }
}
