package topsongs.simulator.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void wholeAnswer_givesEveryItem() {
    assertThat(items("{\"items\":[{\"number\":1},{\"number\":2}]}")).isEqualTo(2);
  }

  @Test
  void answerThatBreaksOff_givesTheItemsBeforeTheBreak() {
    assertThat(items("{\"items\":[{\"number\":1},{\"number\":2},{\"num")).isEqualTo(2);
    assertThat(items("{\"items\":[{\"number\":1}")).isEqualTo(1);
    assertThat(items("{\"ite")).isZero();
  }

  @Test
  void talkAroundTheJson_doesNotMatter() {
    assertThat(items("Here you are:\n```json\n{\"items\":[{\"number\":1}]}\n```")).isEqualTo(1);
  }

  @Test
  void nonsense_givesNone() {
    assertThat(items("")).isZero();
    assertThat(items("no")).isZero();
    assertThat(items("{}")).isZero();
    assertThat(items("{\"items\":\"many\"}")).isZero();
    assertThat(items("{\"items\":[1,2]}")).isZero();
  }

  private static int items(String text) {
    return new Answer(text, false, 0, 0).items().size();
  }
}
