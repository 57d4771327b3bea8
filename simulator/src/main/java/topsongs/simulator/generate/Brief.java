package topsongs.simulator.generate;

import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.Set;

/** Some numbered items that the model is to write, and the rules that each must keep. */
interface Brief {
  /** Of the shape, for the server and the cache. */
  String name();

  String instructions();

  /** What there is to know about the items of these numbers. */
  String request(Set<Integer> numbers);

  JsonObjectSchema item();

  /**
   * Takes an item over, for good.
   *
   * @throws IllegalArgumentException with the rule that it breaks, as the model will be told
   */
  void take(int number, Item item);
}
