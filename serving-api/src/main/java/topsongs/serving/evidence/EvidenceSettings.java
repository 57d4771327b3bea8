package topsongs.serving.evidence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Where the lake is, and how much of this machine an answer from it may take.
 *
 * @param lake {@code s3a://BUCKET}, or {@code file:///FOLDER}
 * @param accessKey empty: there is no lake in a bucket
 * @param memory what DuckDB may hold in memory; beyond it, it uses the disk
 * @param disk for the fetched files, and as much again for what memory does not hold
 * @param timeLimit of one answer
 * @param patience how long a question waits for its turn
 */
@ConfigurationProperties("top-songs.evidence")
record EvidenceSettings(
    String lake,
    String endpoint,
    String accessKey,
    String secretKey,
    DataSize memory,
    DataSize disk,
    Duration timeLimit,
    Duration patience) {}
