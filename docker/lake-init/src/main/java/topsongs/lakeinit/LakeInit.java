package topsongs.lakeinit;

import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Option;
import topsongs.contract.Lake;

/** Prepares the lake and ends. Run again, it finds what is there and mends what differs. */
@Command(
    name = "lake-init",
    mixinStandardHelpOptions = true,
    version = "top-songs lake-init 0.1.0",
    showDefaultValues = true,
    description = {
      "Makes the lake's bucket and, on MinIO, a user with a policy of its own for each who uses it:",
      "streaming-job, charting (Airflow and its jobs) and catalogue (who publishes songs).",
      "May be run again at any time: a user's secret and policy become what they should be."
    },
    footer = {
      "",
      "Settings come from the environment (and their defaults):",
      "  TOP_SONGS_S3_ENDPOINT          http://127.0.0.1:9000",
      "  TOP_SONGS_S3_ROOT_USER         top-songs",
      "  TOP_SONGS_S3_ROOT_PASSWORD     top-songs-secret",
      "  TOP_SONGS_S3_STREAMING_SECRET  top-songs-streaming",
      "  TOP_SONGS_S3_CHARTING_SECRET   top-songs-charting",
      "  TOP_SONGS_S3_CATALOGUE_SECRET  top-songs-catalogue",
      "  TOP_SONGS_S3_AUDITOR_SECRET    top-songs-auditor",
      "  TOP_SONGS_LAKE                 s3a://top-songs",
      "  TOP_SONGS_S3_USERS             on; off where the store has no MinIO users, such as AWS S3"
    })
final class LakeInit implements Callable<Integer> {
  private static final String BUCKET_ROOT = "s3a://";
  private static final Pattern ADMIN_MESSAGE = Pattern.compile("\"Message\":\"([^\"]*)\"");

  @Option(
      names = "--wait",
      defaultValue = "60",
      description = "seconds that the store may take to start")
  private int wait;

  private final Map<String, String> environment;
  private final PrintWriter out;

  LakeInit(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(commandLine(System.getenv(), out, err).execute(arguments));
  }

  static CommandLine commandLine(
      Map<String, String> environment, PrintWriter out, PrintWriter err) {
    return new CommandLine(new LakeInit(environment, out))
        .setExecutionExceptionHandler(toldInOneLine(environment))
        .setUsageHelpWidth(100)
        .setOut(out)
        .setErr(err);
  }

  @Override
  public Integer call() throws Exception {
    var endpoint = endpoint(environment);
    var bucket = bucket();
    var users = withUsers() ? LakeUser.all(environment) : List.<LakeUser>of();
    var store =
        new ObjectStore(
            endpoint,
            setting("TOP_SONGS_S3_ROOT_USER", "top-songs"),
            setting("TOP_SONGS_S3_ROOT_PASSWORD", "top-songs-secret"));
    var done = new ArrayList<String>();
    done.add("bucket " + (store.makeBucket(bucket, Duration.ofSeconds(wait)) ? "made" : "found"));
    for (LakeUser user : users) {
      done.add(user.accessKey() + (store.makeUser(user, bucket) ? " made" : " found"));
    }
    out.printf("The lake %s/%s is ready: %s%n", endpoint, bucket, String.join(", ", done));
    return 0;
  }

  private String bucket() {
    var root = Lake.root(environment);
    if (!root.startsWith(BUCKET_ROOT)) {
      throw new IllegalArgumentException(
          "TOP_SONGS_LAKE must be s3a://BUCKET, got '%s'".formatted(root));
    }
    return root.substring(BUCKET_ROOT.length()).replaceAll("/+$", "");
  }

  private boolean withUsers() {
    var users = setting("TOP_SONGS_S3_USERS", "on");
    return switch (users) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new IllegalArgumentException(
              "TOP_SONGS_S3_USERS must be on or off, got '%s'".formatted(users));
    };
  }

  private String setting(String name, String otherwise) {
    return environment.getOrDefault(name, otherwise);
  }

  private static String endpoint(Map<String, String> environment) {
    return environment.getOrDefault("TOP_SONGS_S3_ENDPOINT", "http://127.0.0.1:9000");
  }

  private static IExecutionExceptionHandler toldInOneLine(Map<String, String> environment) {
    return (failure, command, result) -> {
      var reason = reason(failure);
      command
          .getErr()
          .println(
              "Cannot prepare the lake: "
                  + (failure instanceof IllegalArgumentException
                      ? reason
                      : reason + ", at " + endpoint(environment)));
      return 1;
    };
  }

  /** The admin client's own message is the whole answer, over several lines. */
  private static String reason(Exception failure) {
    var message = String.valueOf(failure.getMessage());
    var told = ADMIN_MESSAGE.matcher(message);
    if (told.find()) {
      return told.group(1);
    }
    var line = message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    return failure instanceof UnknownHostException ? "no host is called " + line : line;
  }
}
