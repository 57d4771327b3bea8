package topsongs.simulator.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import topsongs.simulator.Failure;
import topsongs.simulator.generate.Transport.Refusal;

/**
 * A model behind a server that speaks OpenAI's chat completions. A question that the server cannot
 * answer now is asked again, for a bounded time.
 */
final class LanguageModel {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);

  /** OpenAI answers 429 to an empty account too; waiting fills none. */
  private static final String NO_MONEY = "insufficient_quota";

  private static final int LONGEST_DETAIL = 200;

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
    var problem = problem(e);
    var pause = FIRST_WAIT.multipliedBy(1L << Math.min(attempt, 10));
    if (e.getCause() instanceof Refusal refusal && refusal.retryAfter().compareTo(pause) > 0) {
      pause = refusal.retryAfter();
    }
    if (waited.plus(pause).compareTo(patience) > 0) {
      throw new Failure(
          "Cannot get an answer from %s: %s; waited %d s and would have to wait %d s more (--patience=%ds). Run the same command again later: it goes on where it stopped"
              .formatted(
                  endpoint.url(),
                  problem,
                  waited.toSeconds(),
                  Math.max(1, pause.toSeconds()),
                  patience.toSeconds()));
    }
    notes.accept("Waiting %d ms for %s: %s".formatted(pause.toMillis(), endpoint.url(), problem));
    Thread.sleep(pause.toMillis());
    return pause;
  }

  /**
   * Why to ask again.
   *
   * @throws Failure when asking again is of no use
   */
  private String problem(RuntimeException e) {
    if (e.getCause() instanceof Refusal refusal) {
      everAnswered = true;
      return problem(refusal);
    }
    if (e instanceof TimeoutException) {
      return "time-out: " + e.getMessage() + " (--timeout)";
    }
    var reason = root(e).getClass().getSimpleName();
    if (!isOfTheNetwork(e)) {
      return "its answer cannot be read (%s)".formatted(reason);
    }
    if (!everAnswered && isUnreachable(e)) {
      throw new Failure(
          "Cannot generate: no server at %s (%s); is OPENAI_BASE_URL right?"
              .formatted(endpoint.url(), reason));
    }
    return "no connection (%s)".formatted(reason);
  }

  private String problem(Refusal refusal) {
    int status = refusal.statusCode();
    var detail = detail(refusal);
    boolean passes = status == 408 || status == 429 || status >= 500;
    if (passes && !refusal.body().contains(NO_MONEY)) {
      return status == 429 ? "rate limit (429): " + detail : "it answers %d".formatted(status);
    }
    throw new Failure(
        switch (status) {
          case 401, 403 ->
              "Cannot generate: %s refuses the key in OPENAI_API_KEY (%d); set one that may use %s"
                  .formatted(endpoint.url(), status, endpoint.model());
          case 404 ->
              "Cannot generate: %s does not know the model %s (404: %s); set OPENAI_MODEL or --model, or OPENAI_BASE_URL"
                  .formatted(endpoint.url(), endpoint.model(), detail);
          default -> "Cannot generate: %s answers %d: %s".formatted(endpoint.url(), status, detail);
        });
  }

  /** The error's message in the form of OpenAI, in one line, shortened and without the key. */
  private String detail(Refusal refusal) {
    try {
      var message = JSON.readTree(refusal.body()).at("/error/message").asText("no detail");
      var line = endpoint.withoutKey(message).replaceAll("\\s+", " ");
      return line.substring(0, Math.min(line.length(), LONGEST_DETAIL));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return "no detail";
    }
  }

  private static boolean isOfTheNetwork(Throwable e) {
    var root = root(e);
    return isUnreachable(e)
        || (root instanceof IOException && !(root instanceof JsonProcessingException));
  }

  /** The cause of a {@code ConnectException}, if it has one, says less than it does. */
  private static boolean isUnreachable(Throwable e) {
    var cause = e.getCause();
    return e instanceof ConnectException
        || e instanceof UnresolvedModelServerException
        || (cause != null && isUnreachable(cause));
  }

  private static Throwable root(Throwable e) {
    var cause = e.getCause();
    return cause == null ? e : root(cause);
  }
}
