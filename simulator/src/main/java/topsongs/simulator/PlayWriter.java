package topsongs.simulator;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Spells plays out as NDJSON by hand: the hot path of a crowd of millions. Not thread-safe. */
final class PlayWriter {
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final long DAY = 86_400_000;

  /** The last is for players that do not say. */
  private static final byte[][] PLATFORMS = {
    ascii(",\"platform\":\"ios\""),
    ascii(",\"platform\":\"android\""),
    ascii(",\"platform\":\"web\""),
    ascii(",\"platform\":\"desktop\""),
    ascii(",\"platform\":\"speaker\""),
    ascii(",\"platform\":\"other\""),
    new byte[0]
  };

  private static final byte[] EVENT_ID = ascii("{\"event_id\":\"");
  private static final byte[] USER_ID = ascii("\",\"user_id\":\"");
  private static final byte[] SONG_ID = ascii("\",\"song_id\":");
  private static final byte[] REGION = ascii(",\"region\":\"");
  private static final byte[] PLAYED_AT = ascii("\",\"played_at\":\"");
  private static final byte[] MS_PLAYED = ascii("\",\"ms_played\":");
  private static final byte[] END = ascii("}\n");

  /** More than any play needs. */
  private static final int ROOM = 1024;

  private final byte[][] songs;
  private final byte[][] regions;
  private final long seed;
  private byte[] out = new byte[128 * ROOM];
  private int length;
  private long day = Long.MIN_VALUE;
  private byte[] date = new byte[0];

  PlayWriter(List<Song> songs, List<Region> regions, long seed) {
    this.songs = songs.stream().map(song -> quoted(song.songId())).toArray(byte[][]::new);
    this.regions = regions.stream().map(region -> ascii(region.code())).toArray(byte[][]::new);
    this.seed = seed;
  }

  /** One line per letter, each ending in a newline: JSON, unless it is to be malformed. */
  byte[] ndjson(Iterable<Letter> letters) {
    length = 0;
    for (Letter letter : letters) {
      int start = length;
      write(letter.play());
      if (letter.kind() == Letter.Kind.MALFORMED) {
        spoil(start, letter.play());
      }
    }
    return Arrays.copyOf(out, length);
  }

  /** The last line is cut short, or of no region, or of a negative length; it stays a line. */
  private void spoil(int start, Play play) {
    var line = new String(out, start, length - start, StandardCharsets.UTF_8);
    var spoilt =
        switch ((int) (play.idLow() & 3)) {
          case 0 -> line.replace("\"region\":\"", "\"region\":\"?");
          case 1 -> line.replace("\"ms_played\":", "\"ms_played\":-1");
          default -> line.substring(0, line.length() / 2) + '\n';
        };
    length = start;
    append(spoilt.getBytes(StandardCharsets.UTF_8));
  }

  private void write(Play play) {
    if (out.length - length < ROOM) {
      out = Arrays.copyOf(out, out.length * 2);
    }
    append(EVENT_ID);
    appendUuid(play.idHigh(), play.idLow());
    append(USER_ID);
    appendHex(Dice.mix(seed + play.listener()), 16);
    append(SONG_ID);
    append(songs[play.song()]);
    append(REGION);
    append(regions[play.region()]);
    append(PLAYED_AT);
    appendInstant(play.playedAt());
    append(MS_PLAYED);
    appendNumber(play.msPlayed());
    append(PLATFORMS[play.platform()]);
    append(END);
  }

  private void append(byte[] bytes) {
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }

  private void append(char character) {
    out[length++] = (byte) character;
  }

  private void appendUuid(long high, long low) {
    appendHex(high >>> 32, 8);
    append('-');
    appendHex(high >>> 16, 4);
    append('-');
    appendHex(high, 4);
    append('-');
    appendHex(low >>> 48, 4);
    append('-');
    appendHex(low, 12);
  }

  private void appendHex(long value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out[length++] = HEX[(int) (value >>> shift) & 15];
    }
  }

  private void appendInstant(long epochMillis) {
    if (Math.floorDiv(epochMillis, DAY) != day) {
      day = Math.floorDiv(epochMillis, DAY);
      date = ascii(LocalDate.ofEpochDay(day).toString());
    }
    int ms = (int) Math.floorMod(epochMillis, DAY);
    append(date);
    append('T');
    appendDigits(ms / 3_600_000, 2);
    append(':');
    appendDigits(ms / 60_000 % 60, 2);
    append(':');
    appendDigits(ms / 1000 % 60, 2);
    append('.');
    appendDigits(ms % 1000, 3);
    append('Z');
  }

  private void appendNumber(int value) {
    int digits = 1;
    for (int rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    appendDigits(value, digits);
  }

  private void appendDigits(int value, int digits) {
    int rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private static byte[] quoted(String text) {
    var escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return ('"' + escaped + '"').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
