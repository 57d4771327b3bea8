package topsongs.launcher;

import java.time.Duration;

/** What a drill breaks. */
enum Part {
  STREAM("stream", "streaming-job"),
  /** Its clients give a request up after 30 s, ingestion-api after 5. */
  BROKER("broker", "kafka", 35),
  /** PostgreSQL, all of its processes. */
  DATABASE("database", "postgres"),
  /** PostgreSQL's first process; the others are left alone. */
  POSTMASTER("postmaster", "postgres"),
  /** The Java process that started PostgreSQL, which then runs on alone. */
  DATABASE_LAUNCHER("database's launcher", "postgres"),
  /** Spark's client gives up after 30 s of silence. */
  STORE("object store", "object-store", 35),
  /** The simulator gives up after 30 s, and sends the batch again. */
  INGESTION("ingestion-api", "ingestion-api", 35),
  SERVING("serving-api", "serving-api"),
  ENRICHMENT("enrichment-job", "enrichment-job"),
  AGGREGATION("aggregation-job", "aggregation-job"),
  /** Longer than a micro-batch takes from its trigger to the lake, twice. */
  DISK("lake's disk", "", 20);

  private final String title;
  private final String process;
  private final Duration hold;

  /** One that nobody waits for longer than the 10 s that serving-api waits for the database. */
  Part(String title, String process) {
    this(title, process, 12);
  }

  Part(String title, String process, int holdSeconds) {
    this.title = title;
    this.process = process;
    this.hold = Duration.ofSeconds(holdSeconds);
  }

  /** The name for a person. */
  String title() {
    return title;
  }

  /** The name of its process file. */
  String process() {
    return process;
  }

  /** For how long it is paused or full: longer than those that wait for it do. */
  Duration hold() {
    return hold;
  }

  /** Whether it runs to an end, and so is struck in the middle of its writing. */
  boolean isJob() {
    return this == ENRICHMENT || this == AGGREGATION;
  }
}
