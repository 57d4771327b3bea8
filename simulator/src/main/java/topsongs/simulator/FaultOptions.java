package topsongs.simulator;

import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** An option for each fault, to mix in: plays have it only when asked to, each a share of them. */
final class FaultOptions {
  private FaultOptions() {}

  static CommandSpec spec() {
    var group =
        ArgGroupSpec.builder()
            .validate(false)
            .heading(
                "%nFaults, shares of plays from 0 to 1, none unless asked for; a play has one of these at most:%n");
    for (Fault fault : Fault.values()) {
      group.addArg(
          OptionSpec.builder(fault.option())
              .order(fault.ordinal())
              .paramLabel("SHARE")
              .type(Double.class)
              .description(fault.description())
              .build());
    }
    return CommandSpec.create().addArgGroup(group.build());
  }

  /**
   * The shares that were asked for.
   *
   * @throws Failure when a share is none, or all are more than the whole
   */
  static Map<Fault, Double> shares(CommandSpec spec) {
    var shares = new EnumMap<Fault, Double>(Fault.class);
    for (Fault fault : Fault.values()) {
      Double share = spec.findOption(fault.option()).getValue();
      if (share != null) {
        CrowdOptions.requireShare(fault.option(), share);
        shares.put(fault, share);
      }
    }
    double sum = shares.values().stream().mapToDouble(share -> share).sum();
    if (sum > 1) {
      throw new Failure(
          "Cannot simulate: a play has one fault at most, so their shares must add up to at most 1, got "
              + sum);
    }
    return shares;
  }
}
