package topsongs.streaming;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import topsongs.contract.Lake;

/** The Spark session of this job. Whatever is given from outside (-Dspark.…) wins. */
final class Session {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.app.name", "streaming-job",
          // A stream cannot have it, and would warn.
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.shuffle.partitions", "4",
          "spark.sql.streaming.noDataProgressEventInterval", "2000",
          "spark.sql.streaming.stopTimeout", "20s",
          // The decoded micro-batch is read twice and forgotten: compressing it costs more.
          "spark.sql.inMemoryColumnarStorage.compressed", "false",
          // On S3 a rename is a copy: 2 copies each file once, 1 twice. Neither loses a row.
          "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2",
          "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");

  private Session() {}

  static SparkSession open(Map<String, String> environment) {
    var settings = new SparkConf();
    DEFAULTS.forEach(settings::setIfMissing);
    Lake.sparkSettings(environment).forEach(settings::setIfMissing);
    return SparkSession.builder().config(settings).getOrCreate();
  }
}
