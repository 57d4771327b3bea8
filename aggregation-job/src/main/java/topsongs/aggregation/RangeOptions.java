package topsongs.aggregation;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topsongs.contract.Granularity;

/** Which periods a run is about: those that have a part in its range of hours. */
@SuppressWarnings("NullAway.Init") // picocli sets what is required before it calls.
final class RangeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--from", required = true, description = "Start of the first hour, in UTC.")
  private Instant from;

  @Option(names = "--to", required = true, description = "End of the last; not in the range.")
  private Instant to;

  @Option(
      names = "--granularity",
      split = ",",
      defaultValue = "hour,day",
      description = "hour, day or both (default): every one that has a part in the range.")
  private Set<Granularity> granularities;

  @Option(
      names = "--settled-until",
      description =
          "What ends by then is final, the rest provisional (default: --to). What was made as"
              + " final is left alone where it is asked for as provisional.")
  private @Nullable Instant settledUntil;

  /** The periods to make or load, hours before days. */
  List<Periods> periods() {
    try {
      return EnumSet.copyOf(granularities).stream().map(this::periods).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Periods periods(Granularity granularity) {
    return Periods.touching(granularity, from, to, settledUntil == null ? to : settledUntil);
  }
}
