package topsongs.simulator.generate;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Has the items of a brief written. What is missing or breaks a rule is asked for again, by itself
 * and with the reason, a few times; what is good is kept at once.
 */
final class Author {
  private static final int ATTEMPTS = 3;

  private final LanguageModel model;
  private final Answers answers;
  private int asked;
  private int reused;

  Author(LanguageModel model, Answers answers) {
    this.model = model;
    this.answers = answers;
  }

  /**
   * @return the numbers that were given up, each with the reason
   */
  Map<Integer, String> write(Brief brief, Set<Integer> numbers) throws InterruptedException {
    var wanted = new TreeMap<Integer, String>();
    numbers.forEach(number -> wanted.put(number, ""));
    return write(brief, wanted, 1);
  }

  private Map<Integer, String> write(Brief brief, SortedMap<Integer, String> wanted, int attempt)
      throws InterruptedException {
    if (wanted.isEmpty() || attempt > ATTEMPTS) {
      return wanted;
    }
    var question = question(brief, wanted, attempt);
    var answer = answer(question);
    var missing = missing(brief, wanted, answer);
    if (attempt == ATTEMPTS && !missing.isEmpty()) {
      answers.forget(question); // or every rerun would give up at the same answer
    }
    boolean someCame = missing.size() < wanted.size();
    if (answer.cutOff() && !someCame && missing.size() > 1) {
      return writeHalves(brief, missing, attempt + 1);
    }
    return write(brief, missing, answer.cutOff() && someCame ? attempt : attempt + 1);
  }

  private Map<Integer, String> writeHalves(
      Brief brief, TreeMap<Integer, String> wanted, int attempt) throws InterruptedException {
    int middle = wanted.keySet().stream().skip(wanted.size() / 2).findFirst().orElseThrow();
    var missing = new TreeMap<>(write(brief, new TreeMap<>(wanted.headMap(middle)), attempt));
    missing.putAll(write(brief, new TreeMap<>(wanted.tailMap(middle)), attempt));
    return missing;
  }

  private Answer answer(Question question) throws InterruptedException {
    var kept = answers.to(question);
    if (kept != null) {
      reused++;
      return kept;
    }
    asked++;
    var answer = model.answer(question);
    answers.keep(question, answer);
    return answer;
  }

  private static TreeMap<Integer, String> missing(
      Brief brief, Map<Integer, String> wanted, Answer answer) {
    var missing = new TreeMap<Integer, String>();
    var reason = answer.cutOff() ? "the answer broke off before it" : "it was not in the answer";
    wanted.keySet().forEach(number -> missing.put(number, reason));
    for (var json : answer.items()) {
      var item = new Item(json);
      if (missing.containsKey(item.number())) {
        take(brief, item, missing);
      }
    }
    return missing;
  }

  private static void take(Brief brief, Item item, Map<Integer, String> missing) {
    try {
      brief.take(item.number(), item);
      missing.remove(item.number());
    } catch (IllegalArgumentException e) {
      missing.put(item.number(), String.valueOf(e.getMessage()));
    }
  }

  private static Question question(Brief brief, SortedMap<Integer, String> wanted, int attempt) {
    var numbers = wanted.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    var faults =
        wanted.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> "\nAgain, number %d: %s".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return new Question(
        brief.name(),
        brief.instructions(),
        "%s\nWrite the items with these numbers: %s%s"
            .formatted(brief.request(wanted.keySet()), numbers, faults),
        brief.item(),
        attempt);
  }

  @Override
  public String toString() {
    return "%d questions asked, %d answered from the cache".formatted(asked, reused);
  }
}
