package topsongs.simulator.replay;

/**
 * How often one song was streamed in one region, as a published chart says.
 *
 * @param date of the chart, YYYY-MM-DD; empty when nobody said
 * @param region ISO 3166-1 alpha-2, upper case
 * @param songId the last part of the track's URI
 * @param streams from 0 on
 */
public record Streams(
    String date, String region, String songId, String title, String artist, long streams) {}
