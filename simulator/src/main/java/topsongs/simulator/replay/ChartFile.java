package topsongs.simulator.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Regions;

/**
 * A published chart of streams in one of two layouts: the official one, of which each file is one
 * region (columns uri, artist_names, track_name, streams), or one file of many regions (columns
 * chart_date, region, track_uri, track, artist, streams). Other columns are not looked at.
 */
public final class ChartFile {
  private static final Pattern OFFICIAL_NAME =
      Pattern.compile("regional-([a-z]{2}|global)-(?:daily|weekly)-(\\d{4}-\\d{2}-\\d{2})\\.csv");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern TRACK = Pattern.compile("(?:spotify:track:)?([0-9A-Za-z]{1,64})");

  private final Path file;
  private final @Nullable String region;
  private final @Nullable String date;

  /**
   * @param region of a file that does not say; of many regions, the only one wanted
   * @param date of a file that does not say; of many dates, the only one wanted, YYYY-MM-DD
   */
  public ChartFile(Path file, @Nullable String region, @Nullable String date) {
    this.file = file;
    this.region = region == null ? null : region.toUpperCase(Locale.ROOT);
    this.date = date;
  }

  /**
   * The streams of every wanted region in the file's order, each song once a region. The world's
   * are left out, because they are the sum.
   *
   * @throws IllegalArgumentException naming the file, and the line that is no part of a chart
   * @throws java.io.UncheckedIOException when there is no such file
   */
  public List<Streams> read() {
    var wanted = new ArrayList<Streams>();
    var charted = new HashSet<String>();
    new CsvTable(file)
        .forEach(
            row -> {
              var streams = row.has("chart_date") ? ofManyRegions(row) : official(row);
              if (isWanted(streams)) {
                requireOneChart(row, streams, wanted, charted);
                wanted.add(streams);
              }
            });
    return wanted;
  }

  private static Streams ofManyRegions(CsvTable.Row row) {
    return new Streams(
        date(row, row.text("chart_date")),
        region(row, row.text("region")),
        track(row, row.text("track_uri")),
        row.text("track"),
        row.text("artist"),
        row.number("streams"));
  }

  private Streams official(CsvTable.Row row) {
    return new Streams(
        named(2, date),
        region(row, named(1, region)),
        track(row, row.text("uri")),
        row.text("track_name"),
        row.text("artist_names"),
        row.number("streams"));
  }

  private String named(int group, @Nullable String otherwise) {
    Matcher name = OFFICIAL_NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches() ? name.group(group) : Objects.requireNonNullElse(otherwise, "");
  }

  private boolean isWanted(Streams streams) {
    return !streams.region().equals(Regions.GLOBAL)
        && (region == null || region.equals(streams.region()))
        && (date == null || date.equals(streams.date()));
  }

  private static void requireOneChart(
      CsvTable.Row row, Streams streams, List<Streams> before, Set<String> charted) {
    var first = before.isEmpty() ? streams : before.get(0);
    row.require(
        first.date().equals(streams.date()),
        "chart_date must be one, got %s after %s; choose by --date"
            .formatted(streams.date(), first.date()));
    row.require(
        charted.add(streams.region() + streams.songId()),
        "track must be once in a chart, got %s again in %s"
            .formatted(streams.songId(), streams.region()));
  }

  private static String date(CsvTable.Row row, String text) {
    row.require(
        DATE.matcher(text).matches(), "chart_date must be YYYY-MM-DD, got '%s'".formatted(text));
    return text;
  }

  private static String region(CsvTable.Row row, String text) {
    var region = text.toUpperCase(Locale.ROOT);
    row.require(
        region.equals(Regions.GLOBAL) || Regions.isCode(region),
        "region must be an ISO 3166-1 alpha-2 code or global, in a column, in a name such as regional-br-weekly-2023-12-28.csv or by --region, got '%s'"
            .formatted(text));
    return region;
  }

  private static String track(CsvTable.Row row, String text) {
    var track = TRACK.matcher(text);
    row.require(
        track.matches(),
        "track must be a URI such as spotify:track:0bYg9bo50gSsH3LtXe2SQn, got '%s'"
            .formatted(text));
    return track.group(1);
  }
}
