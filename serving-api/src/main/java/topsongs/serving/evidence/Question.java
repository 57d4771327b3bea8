package topsongs.serving.evidence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import topsongs.contract.Granularity;
import topsongs.contract.Lake;
import topsongs.contract.Period;
import topsongs.serving.evidence.Evidence.File;
import topsongs.serving.evidence.Evidence.Files;

/** One question to the lake: which files it takes, and tables of its own to count in. */
record Question(LakeFolders lake, Tables tables, Deadline deadline) {

  /** Empty when the lake has no plays of the chart's period. */
  Optional<Counting> counting(ChartKey chart) {
    var hours = lake.list(folder(Lake.ENRICHED, chart.period()));
    requireWhole(hours);
    var enriched = hours.stream().filter(LakeFile::isParquet).toList();
    return enriched.isEmpty()
        ? Optional.empty()
        : Optional.of(new Counting(tables, chart, lake.local(enriched, deadline)));
  }

  /** Empty when the lake has no plays of that hour. */
  Optional<Deliveries> deliveries(Instant playedAt) {
    var hour = Period.of(Granularity.HOUR, playedAt);
    var plays = lake.list(folder(Lake.PLAYS, hour)).stream().filter(LakeFile::isParquet).toList();
    if (plays.isEmpty()) {
      return Optional.empty();
    }
    var local = lake.local(plays, deadline);
    var paths = new HashMap<String, String>();
    for (int i = 0; i < plays.size(); i++) {
      paths.put(local.get(i).toString(), plays.get(i).path());
    }
    return Optional.of(new Deliveries(tables, local, paths));
  }

  /** The files of plays/ that the period's hours were made from, and their digest. */
  Files files(Period period) {
    var lines =
        lake.list(folder(Lake.ENRICHED, period)).stream()
            .filter(file -> file.name().equals(Lake.INPUT))
            .flatMap(input -> lake.lines(input).stream())
            .sorted()
            .toList();
    var sizes =
        lake.list(folder(Lake.PLAYS, period)).stream()
            .collect(toMap(LakeFile::path, LakeFile::bytes));
    var files = lines.stream().map(line -> Lake.PLAYS + "/" + line).toList();
    return new Files(
        files.stream().map(file -> new File(file, sizes.get(file))).toList(),
        files.stream().mapToLong(file -> sizes.getOrDefault(file, 0L)).sum(),
        sha256(lines));
  }

  /** What an hour was made from is written last: without it, the hour's rows are not all there. */
  private static void requireWhole(List<LakeFile> hours) {
    hours.stream()
        .collect(groupingBy(LakeFile::folder))
        .forEach(
            (folder, files) -> {
              if (files.stream().anyMatch(LakeFile::isParquet)
                  && files.stream().noneMatch(file -> file.name().equals(Lake.INPUT))) {
                throw new LakeUnreadable(folder + " is being made anew");
              }
            });
  }

  /** As aggregation-job makes the digest in a period's own record. */
  private static String sha256(List<String> lines) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JVM has it.
    }
  }

  private static String folder(String table, Period period) {
    var start = period.start().atOffset(ZoneOffset.UTC);
    var day = "%s/event_date=%s".formatted(table, start.toLocalDate());
    return switch (period.granularity()) {
      case DAY -> day;
      case HOUR -> "%s/event_hour=%d".formatted(day, start.getHour());
    };
  }
}
