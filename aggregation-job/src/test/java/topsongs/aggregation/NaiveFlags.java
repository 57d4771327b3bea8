package topsongs.aggregation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import topsongs.contract.CountingRules;
import topsongs.contract.FlagKind;

/**
 * Flags by plain loops over every hour, listener, region and song: what {@link Abuse} must find.
 */
final class NaiveFlags {
  private static final long HOUR = 3_600_000;

  private final CountingRules rules;
  private final List<Flag> flags = new ArrayList<>();

  NaiveFlags(List<EnrichedPlay> plays, CountingRules rules) {
    this.rules = rules;
    plays.stream()
        .collect(groupingBy(NaiveFlags::hour))
        .forEach(
            (hour, its) -> {
              findListeners(hour, its);
              findLoops(hour, its);
            });
  }

  /** A flag of one listener. */
  record Flag(
      Instant hour,
      FlagKind kind,
      @Nullable String region,
      String listener,
      @Nullable String song,
      long plays) {

    /** Such as {@code 2026-11-22T13:00:00Z over_cap CA ana halo 11}. */
    @Override
    public String toString() {
      return "%s %s %s %s %s %d".formatted(hour, kind.wireName(), region, listener, song, plays);
    }
  }

  List<String> lines() {
    return flags.stream().map(Flag::toString).sorted().toList();
  }

  boolean excludes(EnrichedPlay play) {
    return flags.stream()
        .filter(flag -> rules.excludeFlagged().contains(flag.kind()))
        .filter(flag -> flag.hour().equals(hour(play)))
        .filter(flag -> flag.listener().equals(play.userId()))
        .anyMatch(flag -> flag.song() == null || flag.song().equals(play.songId()));
  }

  private void findListeners(Instant hour, List<EnrichedPlay> plays) {
    plays.stream()
        .collect(groupingBy(EnrichedPlay::userId))
        .forEach(
            (listener, its) -> {
              if (its.stream().mapToLong(NaiveFlags::heard).sum() > HOUR) {
                add(hour, FlagKind.IMPOSSIBLE, listener, null, its);
              }
              its.stream()
                  .filter(play -> NaiveChart.isLongEnough(play, rules))
                  .collect(groupingBy(EnrichedPlay::songId))
                  .forEach(
                      (song, counting) -> {
                        if (counting.size() > 10) {
                          add(hour, FlagKind.OVER_CAP, listener, song, counting);
                        }
                      });
            });
  }

  private void findLoops(Instant hour, List<EnrichedPlay> plays) {
    for (var region : all(plays, EnrichedPlay::region)) {
      var there = plays.stream().filter(play -> play.region().equals(region)).toList();
      for (var song : all(there, EnrichedPlay::songId)) {
        var loopers =
            there.stream().collect(groupingBy(EnrichedPlay::userId)).values().stream()
                .filter(its -> loops(its, song))
                .toList();
        if (loopers.size() >= 5) {
          loopers.forEach(
              its -> add(hour, FlagKind.LOOP, its.get(0).userId(), song, of(song, its)));
        }
      }
    }
  }

  private void add(
      Instant hour,
      FlagKind kind,
      String listener,
      @Nullable String song,
      List<EnrichedPlay> plays) {
    var regions = all(plays, EnrichedPlay::region);
    var region = regions.size() == 1 ? regions.iterator().next() : null;
    flags.add(new Flag(hour, kind, region, listener, song, plays.size()));
  }

  /** Four of five plays, at least. */
  private static boolean loops(List<EnrichedPlay> ofListener, String song) {
    var plays = of(song, ofListener).size();
    return plays >= 10 && plays * 5 >= ofListener.size() * 4;
  }

  private static List<EnrichedPlay> of(String song, List<EnrichedPlay> plays) {
    return plays.stream().filter(play -> Objects.equals(play.songId(), song)).toList();
  }

  private static long heard(EnrichedPlay play) {
    var end = hour(play).toEpochMilli() + HOUR;
    return Math.min(play.msPlayed(), end - play.playedAt().toEpochMilli());
  }

  private static Instant hour(EnrichedPlay play) {
    return play.playedAt().truncatedTo(ChronoUnit.HOURS);
  }

  private static Set<String> all(List<EnrichedPlay> plays, Function<EnrichedPlay, String> field) {
    return plays.stream().collect(mapping(field, toSet()));
  }
}
