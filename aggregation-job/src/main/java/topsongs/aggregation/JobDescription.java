package topsongs.aggregation;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import topsongs.contract.ScheduledRun;

/**
 * What the Spark UI says of the work at hand.
 *
 * @param run whose work it is
 */
record JobDescription(SparkSession spark, ScheduledRun run) {
  static JobDescription of(SparkSession spark, Map<String, String> environment) {
    return new JobDescription(spark, ScheduledRun.of(environment));
  }

  void set(String work) {
    spark.sparkContext().setJobDescription(run.describe(work));
  }
}
