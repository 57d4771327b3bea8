package topsongs.serving;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import topsongs.contract.Granularity;
import topsongs.serving.Parameters.Region;
import topsongs.serving.live.ChangedChart;
import topsongs.serving.live.Listeners;
import topsongs.serving.live.Wanted;

@RestController
@Tag(name = "Charts")
class LiveResource {
  private final Listeners listeners;

  LiveResource(Listeners listeners) {
    this.listeners = listeners;
  }

  @GetMapping(path = "/v1/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      summary = "Changes of charts as they happen",
      description =
          """
          Server-sent events. chart: a chart is another than before; its data is a ChangedChart. status: what \
          /v1/status says of charts, runs and songs may have changed; at most every 5 s. Of ingestion and the stream \
          nobody tells: ask. resync: some changes may have been missed, or songs were renamed; ask \
          again for what you show. With Last-Event-ID, which a browser sends by itself, what was missed comes first. \
          A comment every 15 s keeps the connection; one that takes nothing more is dropped.""")
  @ApiResponse(
      responseCode = "200",
      description =
          "Events for as long as the connection lasts; the schema is that of chart's data",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(implementation = ChangedChart.class)))
  void live(
      @Parameter(description = "Only this one's charts; without it, all.")
          @RequestParam(required = false)
          @Nullable Region region,
      @Parameter(description = "Only these; without it, both.") @RequestParam(required = false)
          @Nullable Granularity granularity,
      @Parameter(description = "The last event that was heard, to hear those after it.")
          @RequestHeader(name = "Last-Event-ID", required = false)
          @Nullable String lastEventId,
      @Parameter(hidden = true) HttpMethod method,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    ShallowEtagHeaderFilter.disableContentCaching(request);
    if (method == HttpMethod.HEAD) {
      describe(response);
    } else {
      var wanted =
          new Wanted(
              region == null ? null : region.code(),
              granularity == null ? null : granularity.wireName());
      listeners.add(wanted, lastEventId, network(request), () -> begin(request));
    }
  }

  /** Who is not limited otherwise (who asks from this machine) is not limited here. */
  private static @Nullable String network(HttpServletRequest request) {
    var address = request.getRemoteAddr();
    return RateLimit.isLoopback(address) ? null : RateLimit.network(address);
  }

  private static AsyncContext begin(HttpServletRequest request) {
    var exchange = request.startAsync();
    describe((HttpServletResponse) exchange.getResponse());
    return exchange;
  }

  private static void describe(HttpServletResponse response) {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // Or nginx would collect events until they are worth sending.
    response.setHeader("X-Accel-Buffering", "no");
  }
}
