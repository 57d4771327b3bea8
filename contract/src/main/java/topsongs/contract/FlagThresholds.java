package topsongs.contract;

/**
 * From where on an hour's listening is flagged. The numbers are beside those of the counting rules.
 *
 * @param overCapPlays more plays of one song by one listener, long enough to count, are flagged
 * @param impossibleMinutes a listener who heard more within an hour is flagged
 * @param loopPlays who loops has played one song at least this often in one region
 * @param loopPercent and that was at least this share of the listener's plays there
 * @param loopListeners this many who loop one song in one region are flagged
 */
public record FlagThresholds(
    int overCapPlays, int impossibleMinutes, int loopPlays, int loopPercent, int loopListeners) {}
