package topsongs.serving.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What an answer from the lake may take: turns, time, memory, disk. */
class BoundsTest {
  private static final LakeFile ONE = new LakeFile("plays/1.parquet", 40, "a");
  private static final LakeFile TWO = new LakeFile("plays/2.parquet", 40, "a");
  private static final LakeFile THREE = new LakeFile("plays/3.parquet", 40, "a");

  @TempDir Path folder;

  private final List<String> copied = new ArrayList<>();

  @Test
  void oneIsAnswered_aFewWait_theRestIsRefusedAtOnce() throws Exception {
    var turns = new Turns(Duration.ofMinutes(5));
    var end = new CountDownLatch(1);
    var asked =
        IntStream.range(0, 20)
            .mapToObj(n -> inBackground(() -> turns.take(() -> await(end))))
            .toList();
    Awaitility.await("all but five")
        .until(
            () -> asked.stream().filter(CompletableFuture::isCompletedExceptionally).count() == 15);
    end.countDown();
    var answered = asked.stream().filter(one -> !one.isCompletedExceptionally()).toList();
    assertThat(answered).hasSize(5).allSatisfy(one -> assertThat(one.get()).isTrue());
  }

  @Test
  void whoseTurnDoesNotCome_isRefusedAfterAWhile() throws Exception {
    var turns = new Turns(Duration.ofMillis(100));
    var started = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    var first =
        inBackground(
            () ->
                turns.take(
                    () -> {
                      started.countDown();
                      return await(end);
                    }));
    started.await();
    assertThatThrownBy(() -> turns.take(() -> true))
        .isInstanceOf(LakeUnreadable.class)
        .hasMessageContaining("one question is answered at a time");
    end.countDown();
    assertThat(first.get()).isTrue();
    assertThat(turns.<Boolean>take(() -> true)).isTrue();
  }

  private static CompletableFuture<Boolean> inBackground(Supplier<Boolean> work) {
    return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
  }

  @Test
  void aQuestionThatFails_givesItsTurnBack() {
    var turns = new Turns(Duration.ofMillis(100));
    for (int n = 0; n < 10; n++) {
      assertThatThrownBy(
              () ->
                  turns.take(
                      () -> {
                        throw new IllegalStateException("failed");
                      }))
          .hasMessage("failed");
    }
  }

  @Test
  void aCountThatTakesTooLong_isGivenUp() {
    try (var tables = tables(Duration.ofSeconds(5), DataSize.ofMegabytes(192))) {
      assertThatThrownBy(
              () ->
                  tables.run(
                      "SELECT sum(hash(a.range + b.range)) FROM range(10000000) a, range(10000000) b"))
          .isInstanceOf(LakeUnreadable.class)
          .hasMessageContaining("it took longer than 5 s");
    }
  }

  @Test
  void whatHasRoomNeitherInMemoryNorOnDisk_isRefused() {
    try (var tables = tables(Duration.ofMinutes(1), DataSize.ofMegabytes(32))) {
      assertThatThrownBy(
              () ->
                  tables.run(
                      "CREATE TABLE t AS SELECT range::VARCHAR || 'x' AS v, hash(range) AS h FROM range(30000000)"))
          .isInstanceOf(LakeUnreadable.class)
          .hasMessageContaining("more of it than there is memory and disk for");
    }
  }

  @Test
  void whatIsAskedOfAgain_isFetchedOnce() {
    var fetched = new Fetched(folder, 100);
    var first = fetched.all(List.of(ONE, TWO), this::copy);
    assertThat(fetched.all(List.of(ONE, TWO), this::copy)).isEqualTo(first);
    assertThat(copied).containsExactly("plays/1.parquet a", "plays/2.parquet a");
    fetched.all(List.of(new LakeFile(ONE.path(), 40, "b")), this::copy);
    assertThat(copied).last().isEqualTo("plays/1.parquet b");
  }

  @Test
  void whereThereIsNoRoom_whatWasNotAskedForTheLongestGoes() {
    var fetched = new Fetched(folder, 100);
    fetched.all(List.of(ONE, TWO), this::copy);
    fetched.all(List.of(ONE), this::copy);
    fetched.all(List.of(THREE), this::copy);
    assertThat(folder.toFile().list()).hasSize(2);
    fetched.all(List.of(ONE), this::copy);
    assertThat(copied).hasSize(3);
    fetched.all(List.of(TWO), this::copy);
    assertThat(copied).hasSize(4);
  }

  @Test
  void moreThanThereIsRoomFor_isNotFetchedAtAll() {
    var fetched = new Fetched(folder, 100);
    assertThatThrownBy(() -> fetched.all(List.of(ONE, TWO, THREE), this::copy))
        .isInstanceOf(LakeUnreadable.class);
    assertThat(copied).isEmpty();
  }

  @Test
  void foldersOfDeadProcesses_goWhenTheNextStarts() throws Exception {
    var dead = Files.createDirectory(temporary("top-songs-evidence-999999999-1"));
    Files.writeString(dead.resolve("1.parquet"), "left");
    var own = Scratch.make();
    var another = Scratch.make();
    assertThat(dead).doesNotExist();
    assertThat(own).isDirectory();
    Scratch.delete(own);
    Scratch.delete(another);
    assertThat(own).doesNotExist();
  }

  private static Path temporary(String name) {
    return Path.of(System.getProperty("java.io.tmpdir")).resolve(name);
  }

  private Tables tables(Duration limit, DataSize memory) {
    var settings =
        new EvidenceSettings(
            "", "", "", "", memory, DataSize.ofMegabytes(1), limit, Duration.ofSeconds(1));
    return Tables.open(settings, folder, new Deadline(limit));
  }

  private void copy(LakeFile file, Path to) {
    copied.add(file.path() + " " + file.version());
    try {
      Files.writeString(to, file.path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
