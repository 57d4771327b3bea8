package topsongs.contract;

import java.time.Duration;

/** The Kafka topics. Their timestamps are the broker's (LogAppendTime): arrival, never a claim. */
public final class Topics {
  /** Plays as JSON, keyed by user_id. Producers other than ingestion-api may write here. */
  public static final String PLAYS = "plays";

  /** What could not be decoded, as it came, with the reason in the header {@code reason}. */
  public static final String PLAYS_REJECTED = "plays.rejected";

  public static final int PARTITIONS = 6;
  public static final Duration RETENTION = Duration.ofDays(7);

  private Topics() {}
}
