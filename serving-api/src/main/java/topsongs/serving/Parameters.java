package topsongs.serving;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.beans.PropertyEditorSupport;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import topsongs.contract.CountingRules;
import topsongs.contract.FlagKind;
import topsongs.contract.Granularity;
import topsongs.contract.PlayEvent;
import topsongs.contract.Regions;

/**
 * What callers write in a URL. A value that cannot be read is refused with the rule it broke, such
 * as "must be hour or day"; {@link Problems} adds the name and the value.
 */
@ControllerAdvice
class Parameters implements WebMvcConfigurer {
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

  /** A day before RFC 3339's last, so that it can write the end of the period too. */
  private static final Instant LATEST = Instant.parse("9999-12-30T23:59:59Z");

  /** Java's own parser stops at offsets of 18 hours, RFC 3339 at 23:59. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "(.{10}T.+?)(?:Z|([+-])([01]\\d|2[0-3]):([0-5]\\d))", Pattern.CASE_INSENSITIVE);

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, Region.class, Region::new);
    registry.addConverter(String.class, SongId.class, SongId::new);
    registry.addConverter(String.class, Limit.class, Limit::of);
    registry.addConverter(String.class, Periods.class, Periods::of);
    registry.addConverter(String.class, Revision.class, Revision::of);
    registry.addConverter(String.class, Kind.class, Kind::of);
    registry.addConverter(String.class, PlayLimit.class, PlayLimit::of);
    registry.addConverter(String.class, EventId.class, EventId::of);
    registry.addConverter(String.class, CountingRules.class, Parameters::rules);
    registry.addConverter(String.class, Instant.class, Parameters::instant);
  }

  /** One that is given must say something; Spring would answer as if it were not there. */
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new NoneEmpty()).addPathPatterns("/v1/**");
  }

  private static final class NoneEmpty implements HandlerInterceptor {
    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      request
          .getParameterMap()
          .forEach(
              (name, values) -> {
                if (Arrays.asList(values).contains("")) {
                  throw Problems.badRequest(name, "must not be empty", "");
                }
              });
      return true;
    }
  }

  /**
   * An enum that a converter refuses is tried again by its Java name: HOUR would pass, a blank too.
   */
  @InitBinder
  void granularity(WebDataBinder binder) {
    binder.registerCustomEditor(
        Granularity.class,
        new PropertyEditorSupport() {
          @Override
          public void setAsText(String text) {
            setValue(Parameters.granularity(text));
          }
        });
  }

  /** A region that could have charts: {@code GLOBAL} or an ISO code, in exactly that spelling. */
  record Region(String code) {
    static final Region GLOBAL = new Region(Regions.GLOBAL);

    Region {
      if (!code.equals(Regions.GLOBAL) && !Regions.isCode(code)) {
        throw new IllegalArgumentException(
            "must be GLOBAL or an ISO 3166-1 alpha-2 code in upper case such as CA");
      }
    }

    String name() {
      return Regions.name(code);
    }
  }

  record SongId(String id) {
    SongId {
      if (id.isEmpty()
          || id.codePointCount(0, id.length()) > PlayEvent.MAX_ID_LENGTH
          || id.codePoints().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("must be 1 to 64 characters, none of them control");
      }
    }
  }

  /** How many of a chart's entries to answer. */
  record Limit(int entries) {
    static Limit of(String text) {
      if (!text.matches("[1-9][0-9]?|100")) {
        throw new IllegalArgumentException("must be a whole number from 1 to 100");
      }
      return new Limit(Integer.parseInt(text));
    }
  }

  /** Over how many periods. */
  record Periods(int count) {
    static Periods of(String text) {
      if (!text.matches("[2-9]|[1-9][0-9]|100")) {
        throw new IllegalArgumentException("must be a whole number from 2 to 100");
      }
      return new Periods(Integer.parseInt(text));
    }
  }

  record Revision(int number) {
    static Revision of(String text) {
      if (!text.matches("[1-9][0-9]{0,8}")) {
        throw new IllegalArgumentException("must be a whole number from 1");
      }
      return new Revision(Integer.parseInt(text));
    }
  }

  /** A kind of flag, in exactly its spelling on the wire. */
  record Kind(FlagKind flag) {
    static Kind of(String text) {
      return Arrays.stream(FlagKind.values())
          .filter(kind -> kind.wireName().equals(text))
          .findAny()
          .map(Kind::new)
          .orElseThrow(() -> new IllegalArgumentException("must be over_cap, impossible or loop"));
    }
  }

  /** How many plays of a song to answer. */
  record PlayLimit(int plays) {
    static PlayLimit of(String text) {
      if (!text.matches("[1-9][0-9]{0,2}|1000")) {
        throw new IllegalArgumentException("must be a whole number from 1 to 1000");
      }
      return new PlayLimit(Integer.parseInt(text));
    }
  }

  /** A play's id as the lake spells it. */
  record EventId(String id) {
    static EventId of(String text) {
      if (!text.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}")) {
        throw new IllegalArgumentException("must be a UUID");
      }
      return new EventId(text.toLowerCase(Locale.ROOT));
    }
  }

  /** Periods that start at from or later, and before to. */
  record Range(Instant from, Instant to) {
    Range {
      if (to.isBefore(from)) {
        throw Problems.badRequest("to", "must not be before from, " + from, to.toString());
      }
    }

    static Range of(@Nullable Instant from, @Nullable Instant to) {
      return new Range(from == null ? EARLIEST : from, to == null ? LATEST : to);
    }
  }

  private static CountingRules rules(String version) {
    if (!CountingRules.VERSIONS.contains(version)) {
      throw new IllegalArgumentException(
          "must be a version that /v1/rules lists: " + String.join(", ", CountingRules.VERSIONS));
    }
    return CountingRules.load(version);
  }

  private static Granularity granularity(String text) {
    return switch (text) {
      case "hour" -> Granularity.HOUR;
      case "day" -> Granularity.DAY;
      default -> throw new IllegalArgumentException("must be hour or day");
    };
  }

  private static Instant instant(String text) {
    var parts = RFC_3339.matcher(withPlus(text));
    try {
      var instant = parts.matches() ? instant(parts) : Instant.MIN;
      if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // Refused below, like a year that RFC 3339 cannot write.
    }
    throw new IllegalArgumentException("must be an RFC 3339 instant such as 2026-11-22T13:00:00Z");
  }

  private static Instant instant(MatchResult parts) {
    var local =
        LocalDateTime.parse(parts.group(1).toUpperCase(Locale.ROOT)).toInstant(ZoneOffset.UTC);
    if (parts.group(2) == null) {
      return local;
    }
    var offset =
        Duration.ofHours(Integer.parseInt(parts.group(3)))
            .plusMinutes(Integer.parseInt(parts.group(4)));
    return parts.group(2).equals("+") ? local.minus(offset) : local.plus(offset);
  }

  /** In a query a plus that is not escaped arrives as a space: 13:00:00 02:00. */
  private static String withPlus(String text) {
    return text.replaceFirst(" (?=\\d\\d:\\d\\d$)", "+");
  }
}
