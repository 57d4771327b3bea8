package topsongs.simulator.generate;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import topsongs.simulator.Failure;

/** Where the model is, and the key to it, which must never be printed. */
record Endpoint(String url, String key, String model) {
  static final String DEFAULT_MODEL = "gpt-4.1-mini";

  /**
   * @throws Failure when there is no key, or the settings cannot be right
   */
  static Endpoint of(Map<String, String> environment, @Nullable String model) {
    var key = setting(environment, "OPENAI_API_KEY", "");
    var url = setting(environment, "OPENAI_BASE_URL", "https://api.openai.com/v1");
    if (key.isEmpty()) {
      throw new Failure(
          "Cannot generate a catalogue: OPENAI_API_KEY is not set; export OPENAI_API_KEY=…, or use the recorded catalogue that ships: every command does without --catalogue");
    }
    if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new Failure(
          "Cannot generate a catalogue: OPENAI_API_KEY must be visible ASCII characters; it holds another (not shown)");
    }
    if (!url.matches("https?://[^\\s@?#]+")) {
      throw new Failure(
          "Cannot generate a catalogue: OPENAI_BASE_URL must be a URL without user, query and fragment, such as http://127.0.0.1:11434/v1");
    }
    return new Endpoint(
        url, key, model == null ? setting(environment, "OPENAI_MODEL", DEFAULT_MODEL) : model);
  }

  /** One that is set to nothing, as Compose passes on what nobody set, is not set. */
  private static String setting(Map<String, String> environment, String name, String otherwise) {
    var value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  String withoutKey(String text) {
    return text.replace(key, "***");
  }

  @Override
  public String toString() {
    return "%s at %s".formatted(model, url);
  }
}
