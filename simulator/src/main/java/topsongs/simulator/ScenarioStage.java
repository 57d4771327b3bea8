package topsongs.simulator;

import java.util.List;
import java.util.function.Consumer;
import topsongs.simulator.scenario.Pushes;
import topsongs.simulator.scenario.Scenario;

/** A scenario's crowd, ready to play. */
final class ScenarioStage {
  private final Scenario scenario;
  private final List<Song> songs;
  private final Pushes pushes;

  /**
   * @param pushes the scenario's, and those of a trends file
   */
  ScenarioStage(Scenario scenario, List<Song> songs, Pushes pushes) {
    this.scenario = scenario;
    this.songs = songs;
    this.pushes = pushes;
  }

  /** The songs that may be played, unknown ones included. */
  List<Song> played() {
    return Faults.withUnknown(songs);
  }

  /** About how many letters there will be. */
  long letters() {
    return Math.round(
        scenario.plays() * (Faults.lettersEach(scenario.faults()) + scenario.duplicates()));
  }

  /** Hands out every letter in the order of sending; returns a line for each fault. */
  String play(Consumer<Letter> box) {
    var crowd = crowd();
    var post = new Post(scenario.duplicates(), scenario.late(), scenario.seed(), box);
    var faults =
        new Faults(scenario.faults(), crowd.songs(), crowd.regions(), scenario.seed(), post);
    listen(crowd, faults::take);
    post.sendAll();
    return faults.summary();
  }

  /** Hands out every play as it is made, in the order of time. */
  void forEach(Consumer<Play> consumer) {
    listen(crowd(), consumer);
  }

  private void listen(Crowd crowd, Consumer<Play> consumer) {
    var past =
        new Past(
            crowd,
            scenario.from().toEpochMilli(),
            scenario.to().toEpochMilli(),
            scenario.plays(),
            scenario.seed());
    new Sessions(past, scenario.sessions().plays()).forEach(consumer);
  }

  private Crowd crowd() {
    var habits =
        new Habits(
            scenario.tooShort(),
            scenario.sessions().skips(),
            Habits.Rhythm.local(scenario.zones(), scenario.weekend()),
            pushes);
    return new Crowd(scenario.released(songs), scenario.regions(), scenario.seed(), habits);
  }
}
