package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The service settings of docker-compose.yaml: who may start with the secrets that all know. */
class DockerSecretsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("topsongs.root", "..")).toAbsolutePath().normalize();
  private static final Pattern DEFAULT = Pattern.compile("\\$\\{(TOP_SONGS_\\w+):-([^}$]*)}");

  @Test
  void knownSecrets_doOnLoopback() throws Exception {
    assertThat(check(Map.of()).exit).isZero();
  }

  @Test
  void knownSecrets_areRefusedBeyondIt_eachByItsName() throws Exception {
    var refused = check(Map.of("TOP_SONGS_BIND", "0.0.0.0"));
    assertThat(refused.exit).isEqualTo(1);
    assertThat(refused.said)
        .startsWith("✗ Cannot start: TOP_SONGS_BIND is 0.0.0.0")
        .contains(generated().keySet());
  }

  @Test
  void generatedSecrets_mayBeBoundAnywhere() throws Exception {
    var own = generated();
    own.put("TOP_SONGS_API_KEYS", own.get("TOP_SONGS_API_KEY"));
    own.put("TOP_SONGS_CATALOGUE_KEYS", own.get("TOP_SONGS_CATALOGUE_KEY"));
    own.put("TOP_SONGS_BIND", "0.0.0.0");
    assertThat(check(own).said).isEmpty();

    own.put("TOP_SONGS_API_KEYS", "one-of-our-own, top-songs");
    own.put("TOP_SONGS_CATALOGUE_KEYS", "top-songs-catalogue,another");
    assertThat(check(own).said)
        .contains("everybody knows: TOP_SONGS_API_KEYS TOP_SONGS_CATALOGUE_KEYS.");
  }

  @Test
  void airflowSecretOfAnotherLength_isRefusedAnywhere() throws Exception {
    var refused = check(Map.of("TOP_SONGS_AIRFLOW_SECRET", "short"));
    assertThat(refused.exit).isEqualTo(1);
    assertThat(refused.said).contains("must have 32 characters, got 5");
  }

  private record Answer(int exit, String said) {}

  /** With the defaults of docker-compose.yaml and what is given. */
  private static Answer check(Map<String, String> given) throws Exception {
    var compose = Files.readString(ROOT.resolve("docker-compose.yaml"));
    var environment = new HashMap<String, String>();
    DEFAULT
        .matcher(compose)
        .results()
        .forEach(variable -> environment.put(variable.group(1), variable.group(2)));
    environment.put("TOP_SONGS_API_KEYS", environment.get("TOP_SONGS_API_KEY"));
    environment.put("TOP_SONGS_CATALOGUE_KEYS", environment.get("TOP_SONGS_CATALOGUE_KEY"));
    environment.putAll(given);
    return run("check", environment);
  }

  private static Map<String, String> generated() throws Exception {
    var secrets = new HashMap<String, String>();
    for (var line : run("generate", Map.of()).said.lines().toList()) {
      if (!line.startsWith("#")) {
        secrets.put(line.split("=")[0], line.split("=")[1]);
      }
    }
    return secrets;
  }

  private static Answer run(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    var command = new ProcessBuilder("sh", ROOT.resolve("docker/settings/" + script).toString());
    command.environment().putAll(environment);
    var process = command.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), said);
  }
}
