package topsongs.aggregation;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import topsongs.contract.Lake;

/** A small Spark inside the test's JVM. */
final class LocalSpark {
  private LocalSpark() {}

  static SparkSession start(Map<String, String> environment) {
    var settings =
        new SparkConf()
            .setMaster("local[1]")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2")
            // Compiling takes longer than counting ten rows.
            .set("spark.sql.codegen.wholeStage", "false");
    Lake.sparkSettings(environment).forEach(settings::set);
    return SparkSession.builder().config(settings).getOrCreate();
  }
}
