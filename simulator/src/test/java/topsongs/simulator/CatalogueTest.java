package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Catalogue BUILT_IN = Catalogue.of(null);
  private static final List<Song> SONGS = BUILT_IN.songs();

  @Test
  void builtIn_isLarge_butNotHeavy() {
    assertThat(SONGS.size()).isGreaterThanOrEqualTo(2_000);
    assertThat(SONGS.stream().map(Song::artist).distinct().count()).isGreaterThanOrEqualTo(400);
    assertThat(BUILT_IN.jsonl().length).isLessThan(900_000);
  }

  @Test
  void noTitleTwice() {
    assertThat(SONGS.stream().map(song -> song.title().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyFieldIsFilledAndReadable() {
    assertThat(SONGS)
        .allSatisfy(
            song -> {
              var texts =
                  List.of(song.title(), song.artist(), Objects.requireNonNull(song.album()));
              assertThat(texts).allMatch(text -> text.equals(text.strip()));
              assertThat(texts)
                  .allMatch(text -> Normalizer.isNormalized(text, Normalizer.Form.NFC));
              assertThat(texts).allMatch(text -> text.chars().noneMatch(Character::isISOControl));
              assertThat(song.durationMs()).isBetween(15_000, 420_000);
              assertThat(LocalDate.parse(song.releaseDate()))
                  .isBetween(LocalDate.of(1998, 1, 1), LocalDate.of(2026, 12, 31));
            });
  }

  @Test
  void manyLanguagesAndScripts() {
    var languages = SONGS.stream().map(Song::language).collect(Collectors.toSet());
    assertThat(languages).hasSizeGreaterThanOrEqualTo(14).doesNotContainNull();
    var scripts =
        SONGS.stream()
            .flatMap(song -> song.title().codePoints().mapToObj(Character.UnicodeScript::of))
            .collect(Collectors.toSet());
    assertThat(scripts)
        .containsAll(
            Set.of(
                Character.UnicodeScript.LATIN,
                Character.UnicodeScript.CYRILLIC,
                Character.UnicodeScript.GREEK,
                Character.UnicodeScript.ARABIC,
                Character.UnicodeScript.HEBREW,
                Character.UnicodeScript.DEVANAGARI,
                Character.UnicodeScript.BENGALI,
                Character.UnicodeScript.TAMIL,
                Character.UnicodeScript.THAI,
                Character.UnicodeScript.HIRAGANA,
                Character.UnicodeScript.HANGUL,
                Character.UnicodeScript.HAN));
  }

  @Test
  void badLine_isNamed() {
    var jsonl =
        """
        {"song_id": "a", "title": "A", "artist": "B"}
        {"song_id": "b", "title": "", "artist": "B"}
        """;
    assertThatThrownBy(() -> read(jsonl))
        .hasMessage(
            "Cannot read catalogue x: line 2: title must be there, without control characters, got ''");
    assertThatThrownBy(() -> read("{\"song_id\": 1,")).hasMessageContaining("line 1: ");
  }

  @Test
  void sameIdTwice_isRefused() {
    var line = "{\"song_id\": \"a\", \"title\": \"A\", \"artist\": \"B\", \"extra\": 1}\n";
    assertThatThrownBy(() -> read(line + line)).hasMessageContaining("got 'a' again");
    assertThat(read(line).songs()).hasSize(1);
  }

  private static Catalogue read(String jsonl) {
    return Catalogue.read("x", jsonl.getBytes(StandardCharsets.UTF_8));
  }
}
