package topsongs.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import topsongs.contract.Topics;

/** What serving-api says that the lake holds, against what it says that was charted. */
final class LakeEvidence {
  private final RunningStack stack;
  private final TopSongsApi api;

  LakeEvidence(RunningStack stack) {
    this.stack = stack;
    this.api = new TopSongsApi(stack);
  }

  /** By the chart's own rules the lake's plays make exactly the chart. */
  void assertIsTheChart(String region, String granularity, Instant at) throws Exception {
    var chart = api.chart(region, granularity, at);
    var rules = chart.path("rules_version").asText();
    var whatIf =
        json("/v1/charts/%s/%s/what-if?rules=%s&limit=100&at=%s", region, granularity, rules, at);
    for (var side : List.of("base", "other")) {
      assertThat(whatIf.at("/" + side + "/totals")).isEqualTo(chart.path("totals"));
      assertThat(whatIf.at("/" + side + "/balance")).isEqualTo(chart.path("balance"));
      assertThat(whatIf.path("entries")).hasSize(chart.path("entries").size());
      for (int i = 0; i < chart.path("entries").size(); i++) {
        assertSame(whatIf.at("/entries/" + i), side, chart.at("/entries/" + i));
      }
    }
    assertExplains(chart.at("/entries/0"), region, granularity, at);
  }

  private static void assertSame(JsonNode compared, String side, JsonNode entry) {
    assertThat(compared.at("/song/song_id")).isEqualTo(entry.at("/song/song_id"));
    compared
        .path(side)
        .fields()
        .forEachRemaining(
            field -> assertThat(field.getValue()).isEqualTo(entry.path(field.getKey())));
    assertThat(compared.path(side)).hasSize(5);
  }

  private void assertExplains(JsonNode numberOne, String region, String granularity, Instant at)
      throws Exception {
    var song = numberOne.at("/song/song_id").asText();
    var trace = json("/v1/charts/%s/%s/songs/%s/trace?at=%s", region, granularity, song, at);
    assertThat(trace.path("agrees").asBoolean()).as(trace.toString()).isTrue();
    assertThat(trace.path("plays")).isEqualTo(numberOne.path("plays"));
    assertThat(trace.path("files")).isNotEmpty();
    assertThat(trace.path("bytes").asLong()).isPositive();
  }

  /** What the API tells of a play: it was delivered once. */
  JsonNode deliveredOnce(String eventId, Instant playedAt) throws Exception {
    var play = json("/v1/plays/%s?played_at=%s", eventId, playedAt);
    assertThat(play.path("deliveries")).hasSize(1);
    return play;
  }

  /** The record of Kafka that a delivery names. */
  String record(JsonNode delivery) throws Exception {
    var partition = new TopicPartition(Topics.PLAYS, delivery.path("kafka_partition").asInt());
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            "127.0.0.1:" + stack.settings().port(Settings.KAFKA),
            "max.poll.records",
            1);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, delivery.path("kafka_offset").asLong());
      var record = consumer.poll(Duration.ofSeconds(20)).iterator().next();
      return new String(record.value(), StandardCharsets.UTF_8);
    }
  }

  private JsonNode json(String path, Object... values) throws Exception {
    var answer = api.get(path.formatted(values));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TopSongsApi.json(answer.body());
  }
}
