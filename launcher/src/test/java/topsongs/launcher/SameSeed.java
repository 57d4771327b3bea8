package topsongs.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;

/**
 * Three hours in which the crowd of one seed plays: their charts must be the same in every run
 * mode. The first that is tested writes them down for the next.
 *
 * @param day whose evening it is
 * @param isFirst whether there is nothing to compare with yet
 */
record SameSeed(Instant day, boolean isFirst) {
  private static final Path FILE =
      Path.of(System.getProperty("topsongs.root", "..")).resolve("launcher/target/same-seed.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  static SameSeed first() {
    return new SameSeed(Journey.daysAgo(8), true);
  }

  /** On the same day as the first, unless that was too long ago to be played again. */
  static SameSeed next() throws Exception {
    var told = Files.exists(FILE) ? Instant.parse(read("day")) : Instant.EPOCH;
    return new SameSeed(told.isAfter(Journey.daysAgo(12)) ? told : Journey.daysAgo(8), false);
  }

  Instant from() {
    return day.plus(18, ChronoUnit.HOURS);
  }

  Instant to() {
    return day.plus(21, ChronoUnit.HOURS);
  }

  /** Compares a hash of its charts with the first run mode's, or writes it down. */
  void compare(String hash) throws Exception {
    if (isFirst) {
      JSON.writeValue(FILE.toFile(), Map.of("day", day.toString(), "hash", hash));
      return;
    }
    assertThat(FILE).as("the no-Docker journey's charts: run it first").exists();
    assertThat(day.toString())
        .as("day of the no-Docker journey: run it again")
        .isEqualTo(read("day"));
    assertThat(hash).as("SHA-256 of the charts without Docker").isEqualTo(read("hash"));
  }

  /** SHA-256 of the hours' charts, with nothing about when or how often they were made. */
  String hashOf(TopSongsApi api) throws Exception {
    var rows = new TreeSet<String>();
    for (var region : api.regions()) {
      for (var hour = from(); hour.isBefore(to()); hour = hour.plus(1, ChronoUnit.HOURS)) {
        for (var chart : api.findChart(region, "hour", hour).stream().toList()) {
          addRows(rows, region + " " + hour, chart);
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(1_000);
    var bytes = String.join("\n", rows).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static void addRows(TreeSet<String> rows, String name, JsonNode chart) {
    rows.add("%s totals %s".formatted(name, chart.path("totals")));
    for (var entry : chart.path("entries")) {
      var row = new StringBuilder(name);
      for (var field : new String[] {"position", "rank", "tied", "song", "plays", "listeners"}) {
        row.append(' ').append(requireNonNull(entry.get(field)));
      }
      rows.add(row.toString());
    }
  }

  private static String read(String field) throws IOException {
    return JSON.readTree(FILE.toFile()).path(field).asText();
  }
}
