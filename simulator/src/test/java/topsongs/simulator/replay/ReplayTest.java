package topsongs.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {
  private static final String HEADER = "chart_date,region,track_uri,track,artist,streams\n";
  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;
  private static final Scale THOUSANDTH = Scale.parse("1:1000");
  private static final Path REAL_WEEK =
      Path.of(System.getProperty("topsongs.root", "."))
          .resolveSibling("shared/data/weekly_2023-12-28_72regions_top200.csv");

  @TempDir Path folder;

  @Test
  void global_isSkipped_becauseItIsTheSum() throws Exception {
    assertThat(
            read(
                "2023-12-28,global,a,Halo,Ines,30\n"
                    + "2023-12-28,br,a,Halo,Ines,20\n"
                    + "2023-12-28,us,a,Halo,Ines,10\n"))
        .containsExactly(
            new Streams("2023-12-28", "BR", "a", "Halo", "Ines", 20),
            new Streams("2023-12-28", "US", "a", "Halo", "Ines", 10));
  }

  @Test
  void oneRegionOfMany_isChosen() throws Exception {
    var file = file("2023-12-28,br,a,Halo,Ines,20\n2023-12-28,us,a,Halo,Ines,10\n");
    assertThat(new ChartFile(file, "us", null).read())
        .extracting(Streams::region)
        .containsExactly("US");
  }

  @Test
  void officialFileOfAnotherName_isTold() throws Exception {
    var file = folder.resolve("top.csv");
    Files.writeString(
        file, "rank,uri,artist_names,track_name,streams\n1,spotify:track:a,Ines,Halo,20\n");
    assertThat(new ChartFile(file, "br", "2024-01-01").read())
        .containsExactly(new Streams("2024-01-01", "BR", "a", "Halo", "Ines", 20));
    assertThatThrownBy(() -> new ChartFile(file, null, "2024-01-01").read())
        .hasMessageStartingWith("Cannot read %s line 2: region must be".formatted(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2023-12-28,br,a,Halo,Ines|must have 6 columns, got 5",
        "2023-12-28,br,a,Halo,Ines,many|streams must be a whole number, got 'many'",
        "2023-12-28,br,a,Halo,Ines,-1|streams must be a whole number, got '-1'",
        "2023-12-28,xq,a,Halo,Ines,1|region must be an ISO 3166-1 alpha-2 code",
        "2023-12-28,br,a,,Ines,1|track must be there",
        "2023-12-28,br,a b,Halo,Ines,1|track must be a URI",
        "28.12.2023,br,a,Halo,Ines,1|chart_date must be YYYY-MM-DD, got '28.12.2023'",
        "2023-12-21,br,b,Halo,Ines,1|chart_date must be one, got 2023-12-21 after 2023-12-28",
        "2023-12-28,br,first,Halo,Ines,1|track must be once in a chart, got first again in BR",
        "2023-12-28,br,a,\"Halo\"x,Ines,1|it is not CSV",
      })
  void malformedRow_isNamed(String row, String reason) throws IOException {
    var file = file("2023-12-28,br,first,Halo,Ines,9\n" + row + "\n");
    assertThatThrownBy(() -> new ChartFile(file, null, null).read())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read %s line 3: %s".formatted(file, reason));
  }

  @Test
  void otherCharset_isNamed() throws Exception {
    var file = folder.resolve("chart.csv");
    Files.write(
        file, (HEADER + "2023-12-28,br,a,Ä,Ines,9\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> new ChartFile(file, null, null).read())
        .hasMessageContaining("line 2: track must be UTF-8");
  }

  @Test
  void scale_roundsToTheNearest_halvesToTheEvenOne() {
    assertThat(List.of(499L, 500L, 501L, 1_500L, 2_500L))
        .extracting(THOUSANDTH::plays)
        .containsExactly(0L, 0L, 1L, 2L, 2L);
    assertThat(Scale.parse("0.001").plays(1_500)).isEqualTo(2);
    assertThat(Scale.parse("2:3").plays(3)).isEqualTo(2);
    assertThatThrownBy(() -> Scale.parse("1:0")).hasMessageContaining("got '1:0'");
  }

  @Test
  void songFile_givesLengthAndFirstGenre() throws Exception {
    var file = folder.resolve("songs.csv");
    Files.writeString(
        file,
        "track_uri,genres,duration_ms\na,\"['k-pop', 'r&b']\",1000\nb,[],0\nc,\"[\"\"children's music\"\"]\",5\n");
    assertThat(SongFile.read(file))
        .containsEntry("a", new SongFile.Details("k-pop", 1000))
        .containsEntry("b", new SongFile.Details(null, null))
        .containsEntry("c", new SongFile.Details("children's music", 5));
  }

  @Test
  void plays_comeInOrder_andNoCapHolds() {
    var streams = new ArrayList<Streams>();
    for (int song = 0; song < 20; song++) {
      streams.add(new Streams("", song % 2 == 0 ? "BR" : "US", "s" + song, "T", "A", 997 * song));
    }
    var heard = new ArrayList<List<Long>>();
    var replay = new Replay(streams, Scale.parse("1:10"), DAY, DAY + HOUR);
    replay.forEach((song, who, at) -> heard.add(List.of((long) song, (long) who, at)));
    assertThat(heard)
        .hasSize((int) replay.plays())
        .isSortedAccordingTo((a, b) -> a.get(2).compareTo(b.get(2)));
    assertThat(heard).allMatch(play -> play.get(2) >= DAY && play.get(2) < DAY + HOUR);
    assertThat(
            heard.stream()
                .collect(Collectors.groupingBy(play -> play.subList(0, 2), Collectors.counting()))
                .values())
        .allMatch(times -> times <= 5);
    assertThat(
            heard.stream()
                .collect(
                    Collectors.groupingBy(
                        play -> play.get(1),
                        Collectors.mapping(play -> play.get(0) % 2, Collectors.toSet())))
                .values())
        .allMatch(regions -> regions.size() == 1);
  }

  @Test
  void realWeek_ranksFollowTheStreams() {
    assumeThat(REAL_WEEK).exists();
    var streams = new ChartFile(REAL_WEEK, null, null).read();
    var replay = new Replay(streams, THOUSANDTH, DAY, 2 * DAY);
    assertThat(streams.stream().map(Streams::region).distinct()).hasSize(71);
    assertThat(replay.plays()).isEqualTo(5_969_480);
    var plays = new long[streams.size()];
    replay.forEach((song, listener, playedAt) -> plays[song]++);
    var best = new HashMap<String, Integer>();
    for (int song = 0; song < plays.length; song++) {
      var before = best.put(streams.get(song).region(), song);
      assertThat(before == null || plays[before] >= plays[song]).isTrue();
      assertThat(plays[song]).isEqualTo(THOUSANDTH.plays(streams.get(song).streams()));
    }
  }

  private List<Streams> read(String rows) throws IOException {
    return new ChartFile(file(rows), null, null).read();
  }

  private Path file(String rows) throws IOException {
    return Files.writeString(folder.resolve("chart.csv"), HEADER + rows);
  }
}
