package topsongs.launcher;

import static topsongs.launcher.Fault.fill;
import static topsongs.launcher.Fault.kill;
import static topsongs.launcher.Fault.pause;
import static topsongs.launcher.Part.AGGREGATION;
import static topsongs.launcher.Part.BROKER;
import static topsongs.launcher.Part.DATABASE;
import static topsongs.launcher.Part.DATABASE_LAUNCHER;
import static topsongs.launcher.Part.ENRICHMENT;
import static topsongs.launcher.Part.INGESTION;
import static topsongs.launcher.Part.POSTMASTER;
import static topsongs.launcher.Part.SERVING;
import static topsongs.launcher.Part.STORE;
import static topsongs.launcher.Part.STREAM;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults a drill makes, and in which order. */
final class FaultPlan {
  /** The most telling first: a short drill makes these. */
  private static final List<Fault> FAULTS =
      List.of(
          kill(STREAM),
          kill(BROKER),
          kill(DATABASE),
          kill(ENRICHMENT),
          fill(),
          pause(BROKER),
          kill(STORE, STREAM),
          kill(INGESTION, BROKER),
          // Each alone.
          kill(STORE),
          kill(INGESTION),
          kill(SERVING),
          kill(POSTMASTER),
          kill(DATABASE_LAUNCHER),
          kill(AGGREGATION),
          pause(STREAM),
          pause(DATABASE),
          pause(STORE),
          pause(INGESTION),
          pause(SERVING),
          // Two at once.
          kill(BROKER, STREAM),
          kill(DATABASE, AGGREGATION),
          kill(STORE, ENRICHMENT),
          kill(STORE, AGGREGATION),
          kill(DATABASE, SERVING),
          kill(STORE, BROKER),
          kill(INGESTION, STREAM),
          kill(STREAM, ENRICHMENT),
          kill(INGESTION, SERVING),
          kill(STORE, INGESTION),
          kill(BROKER, DATABASE),
          pause(STORE).and(kill(STREAM)),
          pause(BROKER).and(kill(INGESTION)),
          pause(DATABASE).and(kill(AGGREGATION)),
          pause(STORE).and(kill(ENRICHMENT)),
          fill().and(kill(STREAM)),
          fill().and(kill(STORE)),
          fill().and(kill(BROKER)),
          // As when the power fails.
          kill(STREAM, BROKER, DATABASE, DATABASE_LAUNCHER, STORE, INGESTION, SERVING));

  private FaultPlan() {}

  /** How many different ones there are. */
  static int kinds() {
    return FAULTS.size();
  }

  /**
   * So many faults, in an order of their own for each seed; beyond all kinds, some again.
   *
   * @param count at least 1
   */
  static List<Fault> of(int count, long seed) {
    var plan = new ArrayList<Fault>();
    for (int n = 0; n < count; n++) {
      plan.add(FAULTS.get(n % FAULTS.size()));
    }
    Collections.shuffle(plan, new Random(seed));
    return List.copyOf(plan);
  }
}
