package topsongs.simulator.scenario;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import topsongs.contract.Regions;
import topsongs.simulator.Fault;
import topsongs.simulator.Region;
import topsongs.simulator.Song;

/** Makes a scenario of what a person wrote, or says in which line it cannot. */
public final class ScenarioReader {
  static final List<String> KEYS =
      List.of(
          "shows",
          "seed",
          "from",
          "length",
          "plays",
          "rate",
          "regions",
          "weekend",
          "sessions",
          "faults",
          "releases",
          "viral");

  private static final List<String> FAULTS =
      Stream.concat(
              Stream.of("duplicates", "late", "too_short"),
              Stream.of(Fault.values()).map(ScenarioReader::key))
          .toList();
  private static final List<String> REGION = List.of("code", "zone", "weight", "languages");
  private static final List<String> RELEASE = List.of("song", "artist", "at", "strength");
  private static final List<String> VIRAL =
      List.of("song", "artist", "genre", "regions", "at", "for", "strength");
  private static final Pattern LAST = Pattern.compile("last ([A-Za-z]+) (\\d\\d:\\d\\d)");
  private static final Duration USUAL_LENGTH = Duration.ofHours(24);
  private static final long NEVER = Long.MIN_VALUE;

  private final Section scenario;
  private final List<Song> songs;
  private final List<Region> known = Region.all();
  private final Instant now;
  private final Instant from;

  /**
   * @param from in place of the file's, if given
   * @throws IllegalArgumentException naming the line that cannot be read, and why
   */
  public ScenarioReader(ScenarioFile file, List<Song> songs, Instant now, @Nullable Instant from) {
    scenario = Section.whole(file.name(), file.yaml(), KEYS);
    this.songs = songs;
    this.now = now;
    this.from = from == null ? start() : from;
  }

  /**
   * @throws IllegalArgumentException naming the line that cannot be read, and why
   */
  public Scenario read() {
    var regions = regions();
    var faults = scenario.section("faults", FAULTS);
    var sessions = scenario.section("sessions", List.of("plays", "skips"));
    return new Scenario(
        Objects.requireNonNullElse(scenario.text("shows"), ""),
        scenario.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
        from,
        length(),
        plays(),
        regions,
        Zones.known().with(zones()),
        scenario.number("weekend", 1, 0.01, 100),
        new Scenario.Sessions(
            sessions.number("plays", 5, 1, 50), sessions.number("skips", 0.09, 0, 1)),
        faults.number("duplicates", 0.02, 0, 1),
        faults.number("late", 0.01, 0, 1),
        faults.number("too_short", 0.06, 0, 1),
        faults(faults),
        pushes(regions),
        releases());
  }

  private Duration length() {
    var length = scenario.duration("length", USUAL_LENGTH);
    scenario.require(
        length.compareTo(Duration.ofHours(1)) >= 0,
        "length",
        "length must be at least 1h, got " + scenario.text("length"));
    return length;
  }

  private int plays() {
    scenario.require(
        !(scenario.has("plays") && scenario.has("rate")), "rate", "give plays or rate, not both");
    double rate = scenario.number("rate", 0, 0.001, 1_000_000);
    return rate > 0
        ? (int) Math.max(1, Math.min(Integer.MAX_VALUE, rate * length().toSeconds()))
        : (int) scenario.whole("plays", 200_000, 1, Integer.MAX_VALUE);
  }

  private Instant start() {
    return scenario.value(
        "from",
        now.minus(length()).truncatedTo(ChronoUnit.HOURS),
        this::start,
        "must be such as 2026-11-20T00:00Z, 48h ago or last Friday 00:00");
  }

  private Instant start(String text) {
    var last = LAST.matcher(text);
    if (last.matches()) {
      return last(day(last.group(1)), LocalTime.parse(last.group(2)));
    }
    return text.endsWith(" ago")
        ? now.minus(Section.duration(text.replace(" ago", ""))).truncatedTo(ChronoUnit.HOURS)
        : OffsetDateTime.parse(text).toInstant();
  }

  private static DayOfWeek day(String name) {
    return Stream.of(DayOfWeek.values())
        .filter(day -> day.name().equals(upper(name)))
        .findFirst()
        .orElseThrow(() -> new DateTimeException("no such day: " + name));
  }

  /** The latest such time of UTC from which on the whole scenario has passed. */
  private Instant last(DayOfWeek day, LocalTime time) {
    var latest = now.minus(length()).atOffset(ZoneOffset.UTC);
    var candidate = latest.with(TemporalAdjusters.previousOrSame(day)).with(time);
    return (candidate.isAfter(latest) ? candidate.minusWeeks(1) : candidate).toInstant();
  }

  private List<Region> regions() {
    if (!scenario.has("regions")) {
      return known;
    }
    if (!scenario.isList("regions")) {
      int number = (int) scenario.whole("regions", 1, 1, known.size());
      return known.stream()
          .sorted(Comparator.comparingDouble((Region region) -> -region.weight()))
          .limit(number)
          .toList();
    }
    var regions = new ArrayList<Region>();
    var codes = new HashSet<String>();
    for (Section section : scenario.sections("regions", "code", REGION)) {
      var region = region(section);
      section.require(
          codes.add(region.code()), "code", "regions must be distinct, got " + region.code());
      regions.add(region);
    }
    scenario.require(!regions.isEmpty(), "regions", "regions must be at least one, got none");
    return regions;
  }

  private Region region(Section section) {
    var code = String.valueOf(section.text("code"));
    section.require(
        Regions.isCode(code), "code", "region must be ISO 3166-1 alpha-2 such as BR, got " + code);
    var here = known.stream().filter(region -> region.code().equals(code)).findFirst();
    section.require(
        here.isPresent() || section.has("zone"),
        "code",
        "the simulator does not know %s: say where its clocks are, such as {code: %s, zone: Asia/Kathmandu}"
            .formatted(code, code));
    var usual = here.orElseGet(() -> new Region(code, 5, Map.of(), Map.of("en", 100.0), Map.of()));
    return new Region(
        code,
        section.number("weight", usual.weight(), 0.1, 1000),
        usual.zones(),
        section.has("languages") ? languages(section) : usual.languages(),
        usual.genres());
  }

  private Map<String, Double> languages(Section section) {
    var spoken =
        songs.stream().map(song -> String.valueOf(song.language())).distinct().sorted().toList();
    var shares = section.section("languages", spoken);
    var languages = new LinkedHashMap<String, Double>();
    spoken.stream()
        .filter(shares::has)
        .forEach(language -> languages.put(language, shares.number(language, 0, 0, 100)));
    return languages;
  }

  private Map<String, ZoneId> zones() {
    var zones = new LinkedHashMap<String, ZoneId>();
    if (scenario.isList("regions")) {
      for (Section region : scenario.sections("regions", "code", REGION)) {
        if (region.has("zone")) {
          zones.put(
              String.valueOf(region.text("code")),
              region.value(
                  "zone", ZoneOffset.UTC, ZoneId::of, "must be of IANA, such as Europe/Paris"));
        }
      }
    }
    return zones;
  }

  private Map<Fault, Double> faults(Section section) {
    var shares = new EnumMap<Fault, Double>(Fault.class);
    for (Fault fault : Fault.values()) {
      if (section.has(key(fault))) {
        shares.put(fault, section.number(key(fault), 0, 0, 1));
      }
    }
    double sum = shares.values().stream().mapToDouble(share -> share).sum();
    scenario.require(
        sum <= 1,
        "faults",
        "a play has one fault at most, so their shares must add up to at most 1, got " + sum);
    return shares;
  }

  private List<Push> pushes(List<Region> regions) {
    var codes = regions.stream().map(Region::code).toList();
    var pushes = new ArrayList<Push>();
    for (Section release : scenario.sections("releases", RELEASE)) {
      pushes.add(new Push(songs(release), Set.of(), Push.release(at(release), strength(release))));
    }
    for (Section viral : scenario.sections("viral", VIRAL)) {
      long length = viral.duration("for", Duration.ofHours(12)).toMillis();
      viral.require(
          length >= 3_600_000, "for", "for must be at least 1h, got " + viral.text("for"));
      pushes.add(
          new Push(
              songs(viral), where(viral, codes), Push.viral(at(viral), length, strength(viral))));
    }
    return pushes;
  }

  private List<Scenario.Release> releases() {
    return scenario.sections("releases", RELEASE).stream()
        .map(release -> new Scenario.Release(songs(release), at(release)))
        .toList();
  }

  private static double strength(Section section) {
    return section.number("strength", 20, 0, 100_000);
  }

  private Set<String> where(Section section, List<String> codes) {
    var where = section.texts("regions");
    for (var code : where) {
      section.require(
          codes.contains(code),
          "regions",
          "regions must be of the scenario, such as %s, got %s".formatted(codes.get(0), code));
    }
    return Set.copyOf(where);
  }

  private Predicate<Song> songs(Section section) {
    var song = section.text("song");
    var artist = section.text("artist");
    var genre = section.text("genre");
    section.require(
        Stream.of(song, artist, genre).filter(Objects::nonNull).count() == 1,
        "song",
        "give one of song, artist and genre, such as song: s-0001");
    Predicate<Song> chosen =
        candidate ->
            candidate.songId().equals(song)
                || candidate.artist().equals(artist)
                || (genre != null && genre.equals(candidate.genre()));
    section.require(
        songs.stream().anyMatch(chosen),
        song != null ? "song" : artist != null ? "artist" : "genre",
        "the catalogue has no song of '%s'; see simulator catalogue show"
            .formatted(song != null ? song : artist != null ? artist : genre));
    return chosen;
  }

  /** So long into the scenario, or an instant. */
  private long at(Section section) {
    long at =
        section.value(
            "at",
            NEVER,
            text ->
                (text.contains("T")
                        ? OffsetDateTime.parse(text).toInstant()
                        : from.plus(Section.duration(text)))
                    .toEpochMilli(),
            "must be so long into the scenario, such as 18h, or such as 2026-11-20T18:00Z");
    section.require(at != NEVER, "at", "at must be there, such as at: 18h");
    section.require(
        at < from.plus(length()).toEpochMilli(),
        "at",
        "at must be before the scenario ends, %d h after its start, got %s"
            .formatted(length().toHours(), section.text("at")));
    return at;
  }

  private static String key(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT);
  }

  private static String upper(String day) {
    return day.toUpperCase(Locale.ROOT);
  }
}
