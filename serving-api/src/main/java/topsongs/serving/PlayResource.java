package topsongs.serving;

import static topsongs.contract.Regions.GLOBAL;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import topsongs.contract.CountingRules;
import topsongs.contract.Granularity;
import topsongs.contract.Period;
import topsongs.serving.ChartResource.Chart;
import topsongs.serving.Parameters.EventId;
import topsongs.serving.Parameters.Limit;
import topsongs.serving.Parameters.Region;
import topsongs.serving.SongResource.Song;
import topsongs.serving.evidence.ChartKey;
import topsongs.serving.evidence.Evidence;
import topsongs.serving.evidence.Evidence.Delivery;
import topsongs.serving.evidence.Evidence.Fate;
import topsongs.serving.evidence.Evidence.Received;
import topsongs.serving.evidence.Evidence.Traced;

@RestController
@Tag(name = "Evidence")
class PlayResource {
  private final Charts charts;
  private final Songs songs;
  private final Evidence evidence;

  PlayResource(Charts charts, Songs songs, Evidence evidence) {
    this.charts = charts;
    this.songs = songs;
    this.evidence = evidence;
  }

  @GetMapping(path = "/v1/plays/{event_id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "What became of one play",
      description =
          """
          Found by what its client called it and when it began: every delivery, and its outcome in each of the four \
          charts that could count it. Who listened is not told.""")
  ResponseEntity<Play> play(
      @PathVariable("event_id") EventId eventId,
      @Parameter(description = "As it was sent.") @RequestParam("played_at") Instant playedAt) {
    var at = playedAt.truncatedTo(ChronoUnit.MILLIS);
    var made = new LinkedHashMap<ChartKey, Optional<Chart>>();
    var traced =
        evidence
            .trace(
                eventId.id(),
                at,
                play -> {
                  made.putAll(made(play));
                  return rules(made);
                })
            .orElseThrow(
                () ->
                    Problems.notFound(
                        "There is no play %s of %s in the lake".formatted(eventId.id(), at)));
    return ResponseEntity.ok().cacheControl(ChartResource.MOVING).body(play(traced, made));
  }

  private Play play(Traced traced, Map<ChartKey, Optional<Chart>> made) {
    var play = traced.play();
    return new Play(
        play.eventId(),
        play.playedAt(),
        play.region(),
        songs.named(play.songId()),
        play.msPlayed(),
        play.platform(),
        play.deliveries(),
        made.entrySet().stream()
            .map(chart -> outcome(play, chart.getKey(), chart.getValue(), traced.fates()))
            .toList());
  }

  private static Map<ChartKey, CountingRules> rules(Map<ChartKey, Optional<Chart>> made) {
    var rules = new LinkedHashMap<ChartKey, CountingRules>();
    made.forEach(
        (key, chart) ->
            chart.ifPresent(it -> rules.put(key, CountingRules.load(it.rulesVersion()))));
    return rules;
  }

  /** The charts of the play's region and of all, and whether they are made yet. */
  private Map<ChartKey, Optional<Chart>> made(Received play) {
    var made = new LinkedHashMap<ChartKey, Optional<Chart>>();
    for (var region : List.of(play.region(), GLOBAL)) {
      for (var granularity : Granularity.values()) {
        made.put(
            new ChartKey(region, Period.of(granularity, play.playedAt())),
            charts.find(new Region(region), granularity, play.playedAt(), new Limit(1)));
      }
    }
    return made;
  }

  private static ChartOfPlay outcome(
      Received play, ChartKey key, Optional<Chart> made, Map<ChartKey, Fate> fates) {
    var fate = fates.get(key);
    return new ChartOfPlay(
        key.region(),
        key.period().granularity().wireName(),
        key.period().start(),
        made.map(Chart::revision).orElse(null),
        made.map(Chart::status).orElse(null),
        fate == null ? "not_charted" : fate.outcome(),
        made.map(chart -> why(play, key, chart, fate)).orElse("this chart has not been made yet"));
  }

  private static String why(Received play, ChartKey key, Chart chart, @Nullable Fate fate) {
    if (fate == null) {
      return "it came after revision %d was made".formatted(chart.revision());
    }
    var rules = CountingRules.load(chart.rulesVersion());
    return switch (fate.outcome()) {
      case "too_short" ->
          "heard for %d ms: it must be %d, or the song's whole length"
              .formatted(play.msPlayed(), rules.minMsPlayed());
      case "excluded" ->
          "rules %s leave out a listener flagged in this hour".formatted(rules.version());
      default ->
          "play %d of this song by this listener; at most %d count in this %s"
              .formatted(
                  fate.nth(),
                  rules.cap(key.period().granularity()),
                  key.period().granularity().wireName());
    };
  }

  record Play(
      String eventId,
      Instant playedAt,
      String region,
      Song song,
      int msPlayed,
      @Nullable String platform,
      @Schema(
              description =
                  "In the order of their arrival; the first is kept, others are duplicates")
          List<Delivery> deliveries,
      List<ChartOfPlay> charts) {}

  record ChartOfPlay(
      String region,
      @Schema(allowableValues = {"hour", "day"}) String granularity,
      Instant periodStart,
      @Schema(description = "Null while there is no such chart") @Nullable Integer revision,
      @Nullable String status,
      @Schema(allowableValues = {"counted", "too_short", "over_cap", "excluded", "not_charted"})
          String outcome,
      @Schema(description = "In words") String why) {}
}
