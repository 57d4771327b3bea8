package topsongs.launcher;

/** What a drill breaks. */
enum Part {
  STREAM("stream", "streaming-job"),
  BROKER("broker", "kafka"),
  /** PostgreSQL, all of its processes. */
  DATABASE("database", "postgres"),
  /** PostgreSQL's first process; the others are left alone. */
  POSTMASTER("postmaster", "postgres"),
  /** The Java process that started PostgreSQL, which then runs on alone. */
  DATABASE_LAUNCHER("database's launcher", "postgres"),
  STORE("object store", "object-store"),
  INGESTION("ingestion-api", "ingestion-api"),
  SERVING("serving-api", "serving-api"),
  ENRICHMENT("enrichment-job", "enrichment-job"),
  AGGREGATION("aggregation-job", "aggregation-job"),
  DISK("lake's disk", "");

  private final String title;
  private final String process;

  Part(String title, String process) {
    this.title = title;
    this.process = process;
  }

  /** The name for a person. */
  String title() {
    return title;
  }

  /** The name of its process file. */
  String process() {
    return process;
  }

  /** Whether it runs to an end, and so is struck in the middle of its writing. */
  boolean isJob() {
    return this == ENRICHMENT || this == AGGREGATION;
  }
}
