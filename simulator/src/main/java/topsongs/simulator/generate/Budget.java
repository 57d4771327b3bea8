package topsongs.simulator.generate;

import java.util.Locale;
import topsongs.simulator.Failure;

/** What a run may spend, and has spent. Answers from the cache cost nothing. */
final class Budget {
  private static final int LONGEST_ANSWER = 8_000;

  /** A shorter answer holds hardly an item; not worth the question. */
  private static final int SHORTEST_ANSWER = 200;

  private final long maxTokens;
  private final double maxCost;
  private final Prices prices;
  private long tokens;
  private double cost;

  /**
   * @param maxTokens of questions and answers together
   * @param maxCost in the currency of the prices
   */
  Budget(long maxTokens, double maxCost, Prices prices) {
    this.maxTokens = maxTokens;
    this.maxCost = maxCost;
    this.prices = prices;
  }

  /**
   * How many tokens the answer may take.
   *
   * @throws Failure when the budget cannot pay for a useful one
   */
  int allowance(Question question) {
    int asked = question.tokens();
    double affordable = prices.answerTokens(maxCost - cost - prices.of(asked, 0));
    double allowed = Math.min(Math.min(maxTokens - tokens - asked, affordable), LONGEST_ANSWER);
    if (allowed < SHORTEST_ANSWER) {
      throw new Failure(
          "Cannot ask for more: the budget is spent: %s of --max-tokens=%d and --max-cost=%s; raise it and run the same command again: it goes on where it stopped"
              .formatted(this, maxTokens, maxCost));
    }
    return (int) allowed;
  }

  void spend(int tokensIn, int tokensOut) {
    tokens += (long) tokensIn + tokensOut;
    cost += prices.of(tokensIn, tokensOut);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d tokens that cost %.4f", tokens, cost);
  }

  /**
   * @param in money for a million tokens of questions
   * @param out money for a million tokens of answers
   */
  record Prices(double in, double out) {
    private static final double MILLION = 1_000_000;

    double of(int tokensIn, int tokensOut) {
      return (in * tokensIn + out * tokensOut) / MILLION;
    }

    double answerTokens(double money) {
      return out == 0 ? (money < 0 ? 0 : Double.MAX_VALUE) : money * MILLION / out;
    }
  }
}
