package topsongs.simulator;

import java.util.List;
import java.util.function.Consumer;
import topsongs.simulator.scenario.Pushes;
import topsongs.simulator.scenario.Scenario;

/**
 * The listeners of a scenario, ready to play.
 *
 * @param pushes the scenario's, and those of a trends file
 * @param fingerprint of all that tells the story
 */
record ScenarioCrowd(Scenario scenario, List<Song> songs, Pushes pushes, long fingerprint) {
  /** What they play, and what goes wrong with it. */
  Stage stage() {
    return new Stage(
        songs,
        scenario.regions(),
        scenario.seed(),
        scenario.faults(),
        scenario.duplicates(),
        scenario.late());
  }

  /** Hands out every play as it is made, in the order of time. */
  void forEach(Consumer<Play> consumer) {
    var past =
        new Past(
            crowd(),
            scenario.from().toEpochMilli(),
            scenario.to().toEpochMilli(),
            scenario.plays(),
            scenario.seed() ^ fingerprint);
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
