package topsongs.launcher;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a drill does to the stack at one moment.
 *
 * @param strikes at different parts, all at once
 */
record Fault(List<Strike> strikes) {

  Fault {
    if (strikes.isEmpty()) {
      throw new IllegalArgumentException("A fault must strike something");
    }
  }

  /** How a part is struck. */
  enum Blow {
    KILL("kill"),
    /** Stopped for longer than anybody waits for it, then let go on. */
    PAUSE("pause"),
    /** Filled until nothing can be written, then freed. */
    FILL("fill");

    private final String verb;

    Blow(String verb) {
      this.verb = verb;
    }

    /** Whether it lasts a while. */
    boolean lasts() {
      return this != KILL;
    }
  }

  record Strike(Blow blow, Part part) {
    Strike {
      if ((blow == Blow.FILL) != (part == Part.DISK)) {
        throw new IllegalArgumentException("Cannot %s %s".formatted(blow.verb, part.title()));
      }
    }

    @Override
    public String toString() {
      return blow.verb + " " + part.title();
    }
  }

  static Fault kill(Part... parts) {
    return of(Blow.KILL, parts);
  }

  static Fault pause(Part... parts) {
    return of(Blow.PAUSE, parts);
  }

  static Fault fill() {
    return of(Blow.FILL, Part.DISK);
  }

  private static Fault of(Blow blow, Part... parts) {
    return new Fault(Stream.of(parts).map(part -> new Strike(blow, part)).toList());
  }

  Fault and(Fault other) {
    return new Fault(Stream.concat(strikes.stream(), other.strikes.stream()).toList());
  }

  /** The parts that are struck so. */
  List<Part> parts(Blow blow) {
    return strikes.stream().filter(strike -> strike.blow == blow).map(Strike::part).toList();
  }

  /** The jobs that have to be under way. */
  List<Part> jobs() {
    return strikes.stream().map(Strike::part).filter(Part::isJob).toList();
  }

  /** How long it lasts, zero where it only kills. */
  Duration hold() {
    return strikes.stream()
        .filter(strike -> strike.blow.lasts())
        .map(strike -> strike.part.hold())
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  boolean fillsTheDisk() {
    return !parts(Blow.FILL).isEmpty();
  }

  @Override
  public String toString() {
    return strikes.stream().map(Strike::toString).collect(Collectors.joining(", "));
  }
}
