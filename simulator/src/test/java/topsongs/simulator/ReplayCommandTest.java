package topsongs.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static topsongs.simulator.Peer.takesAll;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
  private static final String OFFICIAL =
      "\uFEFFrank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
          + "1,spotify:track:halo,\"Ines Varga, Ben\",\"Halo, Again\",Own,1,2,7,20400\n"
          + "2,spotify:track:ember,Ben,熾火,Own,1,1,9,10500\n"
          + "3,spotify:track:tide,Cem,Tide,Own,3,-1,1,9600\n";

  @RegisterExtension private static final Shell SHELL = new Shell();

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();

  @Test
  void officialFile_isRebuilt_andTiesFollowTheRule() throws Exception {
    try (var peer = new Peer(takesAll())) {
      assertThat(replay(peer, official(), "--truth=" + truth())).isZero();
      assertThat(lines(peer)).hasSize(40).doesNotHaveDuplicates();
    }
    assertThat(out.toString())
        .contains("40 plays of 3 songs in 1 regions")
        .contains("chart of 2023-12-28 at 1:1000")
        .contains("40 sent, 40 accepted");
    assertThat(Files.readAllLines(truth()))
        .anyMatch(
            line ->
                line.contains("\"BR\",\"granularity\":\"day\"")
                    && line.contains(
                        "[{\"position\":1,\"rank\":1,\"tied\":false,\"song_id\":\"halo\",\"plays\":20,")
                    && line.contains(
                        "{\"position\":2,\"rank\":2,\"tied\":true,\"song_id\":\"ember\",\"plays\":10,\"listeners\":3}")
                    && line.contains(
                        "{\"position\":3,\"rank\":2,\"tied\":true,\"song_id\":\"tide\",\"plays\":10,\"listeners\":2}"));
  }

  @Test
  void again_addsOnlyDuplicates_otherScale_isOther() throws Exception {
    try (var one = new Peer(takesAll());
        var other = new Peer(takesAll());
        var half = new Peer(takesAll())) {
      replay(one, official());
      replay(other, official());
      replay(half, official(), "--scale=1:2000");
      assertThat(lines(one)).containsExactlyInAnyOrderElementsOf(lines(other));
      assertThat(lines(half)).hasSize(20).doesNotContainAnyElementsOf(lines(one));
    }
  }

  @Test
  void faults_spoilItsPlays_andTheTruthKnows() throws Exception {
    try (var peer = new Peer(takesAll())) {
      assertThat(
              replay(
                  peer, official(), "--retries=0.5", "--unknown-songs=0.5", "--truth=" + truth()))
          .isZero();
      assertThat(lines(peer)).hasSizeGreaterThan(40);
      assertThat(lines(peer).stream().distinct()).hasSize(40);
    }
    assertThat(out.toString()).containsPattern("\\d+ plays of songs that the catalogue does not");
    assertThat(Files.readString(truth())).contains("x-unknown-");
  }

  @Test
  void publish_addsTheSongs_andKeepsThoseOfTheLake() throws Exception {
    try (var peer = new Peer(takesAll());
        var lake = LakeBucket.of(SHELL.store().lakeEnvironment())) {
      var own = "{\"song_id\":\"halo\",\"title\":\"Mine\",\"artist\":\"Me\"}";
      lake.putSongs(own.getBytes(StandardCharsets.UTF_8));
      assertThat(replay(peer, official(), "--publish")).isZero();
      assertThat(new String(lake.songs(), StandardCharsets.UTF_8).lines())
          .hasSize(3)
          .startsWith(own)
          .anyMatch(line -> line.contains("\"song_id\":\"ember\",\"title\":\"熾火\""));
    }
    assertThat(out.toString()).contains("2 songs added to 1 in top-songs/catalogue/songs.jsonl");
  }

  @Test
  void globalAlone_isNoChartToReplay() throws Exception {
    var file = folder.resolve("regional-global-daily-2024-01-01.csv");
    Files.writeString(file, OFFICIAL);
    try (var peer = new Peer(takesAll())) {
      assertThat(replay(peer, file)).isEqualTo(1);
    }
    assertThat(out.toString()).contains("'global' is the sum of the regions and is skipped");
  }

  @Test
  void filesOfTwoDates_areNoChart_untilOneIsChosen() throws Exception {
    var later = folder.resolve("regional-ar-weekly-2024-01-04.csv");
    Files.writeString(later, OFFICIAL);
    try (var peer = new Peer(takesAll())) {
      assertThat(replay(peer, official(), later.toString())).isEqualTo(1);
      assertThat(out.toString()).contains("must be of one date, got [2023-12-28, 2024-01-04]");
      assertThat(replay(peer, official(), later.toString(), "--date=2024-01-04")).isZero();
      assertThat(lines(peer)).hasSize(40).allMatch(line -> line.contains("\"region\":\"AR\""));
    }
  }

  @Test
  void sameChartTwice_isRefused() throws Exception {
    try (var peer = new Peer(takesAll())) {
      assertThat(replay(peer, official(), official().toString())).isEqualTo(1);
    }
    assertThat(out.toString()).contains("got halo again in BR");
  }

  @Test
  void oldRange_isRefusedBeforeAnythingIsSent() throws Exception {
    try (var peer = new Peer(takesAll())) {
      assertThat(replay(peer, official(), "--day=2023-12-28")).isEqualTo(1);
      assertThat(peer.bodies()).isEmpty();
    }
    assertThat(out.toString())
        .contains("the range must be within the last 14 days, got 2023-12-28");
  }

  private Path official() throws Exception {
    var file = folder.resolve("regional-br-weekly-2023-12-28.csv");
    return Files.writeString(file, OFFICIAL);
  }

  private Path truth() {
    return folder.resolve("truth.jsonl");
  }

  private static List<String> lines(Peer peer) {
    return peer.bodies().stream().flatMap(String::lines).toList();
  }

  private int replay(Peer peer, Path file, String... more) {
    return Shell.run(
        out,
        SHELL.store().lakeEnvironment(),
        Stream.of("replay", file.toString(), "--ingestion=" + peer.url()),
        more);
  }
}
