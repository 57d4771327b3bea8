package topsongs.simulator.scenario;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A part of a scenario file, key by key. What it cannot read throws an {@link
 * IllegalArgumentException} that names file, line, key, rule and value.
 */
final class Section {
  private final String file;
  private final Node node;
  private final Map<String, Node> values = new LinkedHashMap<>();

  /**
   * @param keys that it may have
   */
  private Section(String file, Node node, List<String> keys) {
    this.file = file;
    this.node = node;
    if (!(node instanceof MappingNode mapping)) {
      throw unreadable(node, "must be keys and values, such as %s: …".formatted(keys.get(0)));
    }
    for (var entry : mapping.getValue()) {
      var key = text(entry.getKeyNode());
      if (!keys.contains(key)) {
        throw unreadable(
            entry.getKeyNode(),
            "unknown key '%s', did you mean %s?".formatted(key, nearest(key, keys)));
      }
      if (values.put(key, entry.getValueNode()) != null) {
        throw unreadable(entry.getKeyNode(), "%s must be there once".formatted(key));
      }
    }
  }

  static Section whole(String file, String yaml, List<String> keys) {
    try {
      var settings = LoadSettings.builder().setLabel(file).build();
      var root = new Compose(settings).composeString(yaml);
      return new Section(
          file,
          root.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Cannot read scenario %s: it is empty".formatted(file))),
          keys);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new IllegalArgumentException(
          "Cannot read scenario %s, line %d: %s".formatted(file, line, e.getProblem()), e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(
          "Cannot read scenario %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The section under the key; an empty one where there is none. */
  Section section(String key, List<String> keys) {
    var value = values.get(key);
    return value == null
        ? new Section(file, emptyLike(node), keys)
        : new Section(file, value, keys);
  }

  private static MappingNode emptyLike(Node node) {
    return new MappingNode(node.getTag(), List.of(), FlowStyle.BLOCK);
  }

  /** The items under the key, none where there are none. */
  List<Section> sections(String key, List<String> keys) {
    return items(key).stream().map(item -> new Section(file, item, keys)).toList();
  }

  /** Items that may be a plain value; such become a section of that one key. */
  List<Section> sections(String key, String plain, List<String> keys) {
    var found = new ArrayList<Section>();
    for (Node item : items(key)) {
      if (item instanceof ScalarNode) {
        var section = new Section(file, emptyLike(item), keys);
        section.values.put(plain, item);
        found.add(section);
      } else {
        found.add(new Section(file, item, keys));
      }
    }
    return found;
  }

  boolean isList(String key) {
    return values.get(key) instanceof SequenceNode;
  }

  List<String> texts(String key) {
    return items(key).stream().map(this::text).toList();
  }

  @Nullable String text(String key) {
    var value = values.get(key);
    return value == null ? null : text(value);
  }

  double number(String key, double otherwise, double min, double max) {
    return value(
        key,
        otherwise,
        text -> {
          double number = Double.parseDouble(text);
          if (!(number >= min)) {
            throw new IllegalArgumentException("must be at least %s".formatted(plain(min)));
          }
          if (!(number <= max)) {
            throw new IllegalArgumentException("must be at most %s".formatted(plain(max)));
          }
          return number;
        },
        "must be a number such as 0.5");
  }

  long whole(String key, long otherwise, long min, long max) {
    return value(
        key,
        otherwise,
        text -> {
          long number = Long.parseLong(text.replace("_", ""));
          if (number < min || number > max) {
            throw new IllegalArgumentException(
                number < min ? "must be at least " + min : "must be at most " + max);
          }
          return number;
        },
        "must be a whole number such as 1000");
  }

  Duration duration(String key, Duration otherwise) {
    return value(key, otherwise, Section::duration, "must be a length of time such as 48h or 90m");
  }

  /**
   * @param rule told when the text is none
   */
  <T> T value(String key, T otherwise, Function<String, T> parse, String rule) {
    var value = values.get(key);
    if (value == null) {
      return otherwise;
    }
    var text = text(value);
    try {
      return parse.apply(text);
    } catch (NumberFormatException | DateTimeException e) {
      throw unreadable(value, "%s %s, got %s".formatted(key, rule, text));
    } catch (IllegalArgumentException e) {
      throw unreadable(value, "%s %s, got %s".formatted(key, e.getMessage(), text));
    }
  }

  void require(boolean holds, String key, String rule) {
    if (!holds) {
      throw unreadable(values.getOrDefault(key, node), rule);
    }
  }

  /** Reads 48h, 90m or 2d. */
  static Duration duration(String text) {
    return Duration.parse(
        text.endsWith("d")
            ? "P" + text.toUpperCase(Locale.ROOT)
            : "PT" + text.toUpperCase(Locale.ROOT));
  }

  private List<Node> items(String key) {
    var value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw unreadable(value, "%s must be a list, such as [a, b]".formatted(key));
  }

  private String text(Node value) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw unreadable(value, "must be a plain value here");
  }

  private IllegalArgumentException unreadable(Node at, String reason) {
    int line = at.getStartMark().or(node::getStartMark).map(Mark::getLine).orElse(0) + 1;
    return new IllegalArgumentException(
        "Cannot read scenario %s, line %d: %s".formatted(file, line, reason));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  static String nearest(String key, List<String> known) {
    return known.stream().min(Comparator.comparingInt(k -> distance(key, k))).orElse("none");
  }

  /** Levenshtein's: how many letters to add, leave out or change. */
  private static int distance(String a, String b) {
    var row = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
