package topsongs.serving.evidence;

import topsongs.contract.Period;

/**
 * Which chart is asked about.
 *
 * @param region a code, or GLOBAL, which hears every play
 */
public record ChartKey(String region, Period period) {}
