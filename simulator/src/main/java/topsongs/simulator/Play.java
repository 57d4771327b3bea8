package topsongs.simulator;

/**
 * A play in numbers, small enough to keep millions of. {@link PlayWriter} spells it out.
 *
 * @param idHigh upper half of event_id
 * @param idLow lower half of event_id
 * @param playedAt epoch milliseconds
 * @param listener number within the whole crowd
 * @param song index into the catalogue
 * @param region index into the crowd's regions
 * @param msPlayed milliseconds heard
 * @param platform index into {@link PlayWriter}'s platforms
 */
record Play(
    long idHigh,
    long idLow,
    long playedAt,
    int listener,
    int song,
    int region,
    int msPlayed,
    int platform) {

  /** The play with a UUIDv7 made from its time and the dice. */
  static Play of(
      Dice dice, long playedAt, int listener, int song, int region, int msPlayed, int platform) {
    long high = playedAt << 16 | 0x7000L | dice.next() >>> 52;
    long low = Long.MIN_VALUE | dice.next() >>> 2;
    return new Play(high, low, playedAt, listener, song, region, msPlayed, platform);
  }
}
