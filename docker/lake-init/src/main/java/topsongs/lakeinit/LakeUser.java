package topsongs.lakeinit;

import static topsongs.contract.Lake.CHARTS;
import static topsongs.contract.Lake.ENRICHED;
import static topsongs.contract.Lake.FLAGS;
import static topsongs.contract.Lake.PLAYS;
import static topsongs.contract.Lake.REJECTED;

import java.util.List;
import java.util.Map;
import topsongs.contract.Lake;

/** Who uses the lake, and what for. Folders include Spark's staging, which is below its table. */
record LakeUser(String accessKey, String secret, Policy policy) {
  /** What MinIO takes. */
  private static final int MIN_SECRET = 8;

  private static final int MAX_SECRET = 40;

  private static final String CATALOGUE = folder(Lake.SONGS);
  private static final String PROGRESS = folder(Lake.STREAM_PROGRESS);
  private static final String CHECKPOINTS = folder(Lake.STREAM_CHECKPOINT);

  /**
   * @throws IllegalArgumentException naming the user, not the secret
   */
  LakeUser {
    if (secret.length() < MIN_SECRET || secret.length() > MAX_SECRET) {
      throw new IllegalArgumentException(
          "the secret of %s must be %d to %d characters long, got %d"
              .formatted(accessKey, MIN_SECRET, MAX_SECRET, secret.length()));
    }
  }

  /**
   * One user a service. Secrets come from the environment; the defaults are for one's own machine.
   */
  static List<LakeUser> all(Map<String, String> environment) {
    return List.of(
        streamingJob(
            environment.getOrDefault("TOP_SONGS_S3_STREAMING_SECRET", "top-songs-streaming")),
        charting(environment.getOrDefault("TOP_SONGS_S3_CHARTING_SECRET", "top-songs-charting")),
        catalogue(environment.getOrDefault("TOP_SONGS_S3_CATALOGUE_SECRET", "top-songs-catalogue")),
        auditor(environment.getOrDefault("TOP_SONGS_S3_AUDITOR_SECRET", "top-songs-auditor")));
  }

  private static LakeUser streamingJob(String secret) {
    var folders = List.of(PLAYS, REJECTED, PROGRESS, CHECKPOINTS);
    return new LakeUser("streaming-job", secret, new Policy(List.of(), folders, folders));
  }

  /** Airflow and the jobs that it runs. Its maintenance removes what is past its retention. */
  private static LakeUser charting(String secret) {
    return new LakeUser(
        "charting",
        secret,
        new Policy(
            List.of(PLAYS, REJECTED, CATALOGUE, PROGRESS),
            List.of(ENRICHED, CHARTS, FLAGS),
            List.of(PLAYS, REJECTED, ENRICHED, CHARTS, FLAGS)));
  }

  /** Who publishes songs; it may wait until the stream has seen the plays of them. */
  private static LakeUser catalogue(String secret) {
    return new LakeUser(
        "catalogue", secret, new Policy(List.of(PROGRESS), List.of(CATALOGUE), List.of()));
  }

  /** Who counts plays again, and changes nothing. */
  private static LakeUser auditor(String secret) {
    return new LakeUser(
        "auditor",
        secret,
        new Policy(List.of(PLAYS, ENRICHED, REJECTED, CATALOGUE, PROGRESS), List.of(), List.of()));
  }

  private static String folder(String path) {
    return path.substring(0, path.indexOf('/'));
  }
}
