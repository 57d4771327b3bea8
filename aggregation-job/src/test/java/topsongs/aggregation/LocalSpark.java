package topsongs.aggregation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import topsongs.contract.Lake;

/** A small Spark inside the test's JVM. */
final class LocalSpark {
  private LocalSpark() {}

  static SparkSession start(Map<String, String> environment) {
    forgetStores();
    var settings =
        new SparkConf()
            .setMaster("local[1]")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.shuffle.partitions", "2")
            // Compiling takes longer than counting ten rows.
            .set("spark.sql.codegen.wholeStage", "false")
            .set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    Lake.sparkSettings(environment).forEach(settings::set);
    return SparkSession.builder().config(settings).getOrCreate();
  }

  /** Hadoop takes a bucket of the same name for the same one, though its server has gone. */
  private static void forgetStores() {
    try {
      FileSystem.closeAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
