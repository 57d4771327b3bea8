package topsongs.simulator.generate;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import topsongs.simulator.Failure;

/**
 * A model behind a server that speaks OpenAI's chat completions. A question that the server cannot
 * answer now is asked again, for a bounded time.
 */
final class LanguageModel {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);

  private final Endpoint endpoint;
  private final Duration patience;
  private final Budget budget;
  private final Consumer<String> notes;
  private final OpenAiChatModel chat;
  private boolean everAnswered;

  /**
   * @param timeout for one answer, its last byte included
   * @param patience for one question: how long to wait, in all, before asking it again
   * @param notes told why a question has to wait
   */
  LanguageModel(
      Endpoint endpoint,
      Duration timeout,
      Duration patience,
      Budget budget,
      Consumer<String> notes) {
    this.endpoint = endpoint;
    this.patience = patience;
    this.budget = budget;
    this.notes = notes;
    chat =
        OpenAiChatModel.builder()
            .httpClientBuilder(new Transport(timeout).builder())
            .baseUrl(endpoint.url())
            .apiKey(endpoint.key())
            .modelName(endpoint.model())
            .strictJsonSchema(true)
            .maxRetries(0)
            .build();
  }

  /**
   * @throws Failure when the server refuses, patience has run out or the budget is spent
   */
  Answer answer(Question question) throws InterruptedException {
    var waited = Duration.ZERO;
    for (int attempt = 0; ; attempt++) {
      int allowance = budget.allowance(question);
      try {
        return spent(question, chat.chat(request(question, allowance)));
      } catch (RuntimeException e) {
        if (e instanceof TimeoutException) {
          budget.spend(question.tokens(), allowance); // the server may have written and charged it
        }
        waited = waited.plus(pause(e, attempt, waited));
      }
    }
  }

  private static ChatRequest request(Question question, int allowance) {
    return ChatRequest.builder()
        .messages(SystemMessage.from(question.instructions()), UserMessage.from(question.request()))
        .parameters(
            OpenAiChatRequestParameters.builder()
                .maxCompletionTokens(allowance)
                .responseFormat(
                    ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(question.schema())
                        .build())
                .build())
        .build();
  }

  private Answer spent(Question question, ChatResponse response) {
    everAnswered = true;
    var said = response.aiMessage().text();
    var text = said == null ? "" : said;
    var usage = response.tokenUsage();
    var answer =
        new Answer(
            text,
            response.finishReason() == FinishReason.LENGTH,
            counted(usage == null ? null : usage.inputTokenCount(), question.tokens()),
            counted(usage == null ? null : usage.outputTokenCount(), Question.tokens(text)));
    budget.spend(answer.tokensIn(), answer.tokensOut());
    return answer;
  }

  /** Some servers do not count. */
  private static int counted(@Nullable Integer tokens, int guess) {
    return tokens == null ? guess : tokens;
  }

  private Duration pause(RuntimeException e, int attempt, Duration waited)
      throws InterruptedException {
    var trouble = Trouble.of(e, endpoint, everAnswered);
    everAnswered |= trouble.answered();
    var pause = FIRST_WAIT.multipliedBy(1L << Math.min(attempt, 10));
    if (trouble.retryAfter().compareTo(pause) > 0) {
      pause = trouble.retryAfter();
    }
    if (waited.plus(pause).compareTo(patience) > 0) {
      throw tiredOfWaiting(trouble, waited, pause);
    }
    notes.accept(
        "Waiting %d ms for %s: %s".formatted(pause.toMillis(), endpoint.url(), trouble.reason()));
    Thread.sleep(pause.toMillis());
    return pause;
  }

  private Failure tiredOfWaiting(Trouble trouble, Duration waited, Duration pause) {
    return new Failure(
        "Cannot get an answer from %s: %s; waited %d s and would have to wait %d s more (--patience=%ds). Run the same command again later: it goes on where it stopped"
            .formatted(
                endpoint.url(),
                trouble.reason(),
                waited.toSeconds(),
                Math.max(1, pause.toSeconds()),
                patience.toSeconds()));
  }
}
