package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.simulator.Peer.answers;
import static topsongs.simulator.Peer.takesAll;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plays that go on being due while ingestion-api is slow, stalls or is away. */
class LiveTest {
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(.+) due: (.+) answered, (.+) left out because too many were waiting, (.+) left out in pauses of over 5 s, (.+) without an answer");

  private final StringWriter out = new StringWriter();

  @Test
  void stallOfASecond_showsInTheLatency_ofEveryPlayThatWasDueInIt() throws Exception {
    try (var peer = new Peer(stallsOnce())) {
      assertThat(live(peer, "--rate=200", "--for=4s", "--duplicates=0", "--late=0")).isZero();
    }
    // A quarter of the plays was due during the stall: the slowest tenth waited over half of it.
    assertThat(latency("p90")).isGreaterThan(500);
    assertThat(latency("p99")).isGreaterThan(900);
    assertThat(latency("max")).isGreaterThanOrEqualTo(1_000);
    assertThat(account()).startsWith(800L, 800L);
  }

  @Test
  void twentyThousandASecond_areSentOrCounted() throws Exception {
    try (var peer = new Peer(takesAll())) {
      live(peer, "--rate=20000", "--for=2s", "--duplicates=0", "--late=0");
      var account = account();
      assertThat(account.get(0)).isEqualTo(40_000);
      assertThat(account.stream().skip(1).mapToLong(n -> n).sum()).isEqualTo(40_000);
      assertThat(peer.bodies().stream().flatMap(String::lines).distinct().count())
          .isBetween(account.get(1), account.get(1) + account.get(4));
    }
  }

  @Test
  void refusedKey_leavesNoPlayUncounted() throws Exception {
    try (var peer = new Peer(answers(401, ""))) {
      assertThat(live(peer, "--rate=1000", "--for=1m", "--duplicates=0", "--late=0")).isEqualTo(1);
    }
    var account = account();
    assertThat(account.get(1)).isZero();
    assertThat(account.get(4)).isPositive().isEqualTo(account.get(0));
    assertThat(out.toString()).contains("TOP_SONGS_API_KEY", "the truth is short of it");
  }

  @Test
  void fullBacklog_leavesOut_andSaysHowMany() throws Exception {
    var notes = new ArrayList<String>();
    try (var peer = new Peer(stallsOnce())) {
      var tally = new Tally(null, null, answered -> {});
      var api = new IngestionApi(peer.url(), "", (spent, answered) -> true, notes::add);
      var senders = new Senders(api, tally, 1, 2);
      var backlog = new Backlog(senders, notes::add);
      IntStream.range(0, 5).forEach(i -> backlog.hand(batch()));
      assertThat(backlog.leftOut()).isEqualTo(6);
      backlog.takeTime();
      backlog.hand(batch());
      senders.finish();
      assertThat(tally.sent()).isEqualTo(6);
    }
    assertThat(notes).last().asString().startsWith("Behind: 6 plays left out");
  }

  @Test
  void history_keepsItsRate_andLeavesNothingOut() throws Exception {
    long start = System.nanoTime();
    try (var peer = new Peer(stallsOnce())) {
      var range = List.of("--from=2026-11-20T12:00Z", "--to=2026-11-20T14:00Z");
      var arguments = new ArrayList<>(List.of("history", "--plays=400", "--rate=200"));
      arguments.addAll(range);
      assertThat(execute(peer, arguments)).isZero();
      assertThat(peer.bodies().stream().flatMap(String::lines).distinct()).hasSize(400);
    }
    assertThat(System.nanoTime() - start).isGreaterThan(1_995_000_000L);
    assertThat(latency("max")).isGreaterThanOrEqualTo(1_000);
    assertThat(out.toString()).contains("Latency from when a play was due to its answer");
  }

  /** From the first request on, all that come within a second wait for its end. */
  private static Peer.Behaviour stallsOnce() {
    var stall = new ReentrantLock();
    var first = new ArrayList<>(List.of(true));
    return (exchange, request) -> {
      stall.lock();
      try {
        if (first.remove(Boolean.TRUE)) {
          pause();
        }
      } finally {
        stall.unlock();
      }
      takesAll().answer(exchange, request);
    };
  }

  private static void pause() {
    try {
      Thread.sleep(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Batch batch() {
    var letter = new Letter(new Play(0, 0, 0, 0, 0, 0, 0, 0), Letter.Kind.PROMPT);
    var body = "{}\n{}\n".getBytes(StandardCharsets.US_ASCII);
    return new Batch(List.of(letter, letter), new long[2], body);
  }

  private int live(Peer peer, String... options) {
    var arguments = new ArrayList<>(List.of("live"));
    arguments.addAll(List.of(options));
    return execute(peer, arguments);
  }

  private int execute(Peer peer, List<String> arguments) {
    arguments.add("--ingestion=" + peer.url());
    var writer = new PrintWriter(out, true);
    return Simulator.commandLine(Map.of(), writer, writer)
        .execute(arguments.toArray(String[]::new));
  }

  /** Due, answered, left out for want of room, left out in pauses, without an answer. */
  private List<Long> account() {
    var found = ACCOUNT.matcher(out.toString());
    assertThat(found.find()).as(out.toString()).isTrue();
    return IntStream.rangeClosed(1, 5).mapToObj(i -> number(found.group(i))).toList();
  }

  private long latency(String percentile) {
    var found = Pattern.compile(percentile + " ([\\d,]+) ms").matcher(out.toString());
    assertThat(found.find()).as(out.toString()).isTrue();
    return number(found.group(1));
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }
}
