package topsongs.aggregation;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * What the Spark UI says of the work at hand.
 *
 * @param run whose work it is, such as an Airflow run; empty when nobody said
 */
record JobDescription(SparkSession spark, String run) {
  static JobDescription of(SparkSession spark, Map<String, String> environment) {
    return new JobDescription(spark, environment.getOrDefault("TOP_SONGS_RUN", ""));
  }

  void set(String work) {
    spark.sparkContext().setJobDescription(run.isEmpty() ? work : run + " · " + work);
  }
}
