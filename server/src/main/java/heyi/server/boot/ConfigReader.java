package heyi.server.boot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed values by key and collects every mistake instead of stopping at the first.
 *
 * <p>A key that nobody asked for is a mistake too: a misspelt setting must never be silently
 * ignored. Not thread-safe; used once.
 */
final class ConfigReader {
  private static final String PREFIX = "HEYI_";

  /** Read by the tests and the launcher, not by the server. */
  private static final List<String> FOREIGN_PREFIXES =
      List.of("HEYI_TEST_", "HEYI_LAUNCHER_", "HEYI_JAVA_", "HEYI_ROOT");

  private final Map<String, String> given;
  private final Map<String, String> environment;
  private final Set<String> asked = new TreeSet<>();
  private final Set<String> askedEnvironment = new TreeSet<>();
  private final List<String> mistakes = new ArrayList<>();

  private ConfigReader(Map<String, String> given, Map<String, String> environment) {
    this.given = given;
    this.environment = environment;
  }

  static ConfigReader of(String yaml, Map<String, String> environment) {
    Map<String, String> heyi = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && FOREIGN_PREFIXES.stream().noneMatch(name::startsWith)) {
            heyi.put(name, value);
          }
        });
    Map<String, String> given = new LinkedHashMap<>();
    try {
      flatten("", new YAMLMapper().readTree(yaml), given);
    } catch (JsonProcessingException e) {
      throw new ConfigException(List.of("the file is not YAML: " + e.getOriginalMessage()));
    }
    return new ConfigReader(given, heyi);
  }

  private static void flatten(String path, @Nullable JsonNode node, Map<String, String> into) {
    if (node == null || node.isMissingNode() || node.isNull()) {
      if (!path.isEmpty()) {
        into.put(path, "");
      }
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              e ->
                  flatten(
                      path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue(), into));
    } else if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(item.asText()));
      into.put(path, String.join(",", items));
    } else if (path.isEmpty()) {
      throw new ConfigException(List.of("the file must be a map of sections, found: " + node));
    } else {
      into.put(path, node.asText());
    }
  }

  String text(String key, String otherwise) {
    String value = raw(key);
    return value == null ? otherwise : value;
  }

  @Nullable String optionalText(String key) {
    String value = raw(key);
    return value == null || value.isBlank() ? null : value;
  }

  @Nullable Path optionalPath(String key) {
    String value = optionalText(key);
    return value == null ? null : Path.of(value);
  }

  List<String> texts(String key) {
    String value = optionalText(key);
    return value == null
        ? List.of()
        : Arrays.stream(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  boolean flag(String key, boolean otherwise) {
    String value = optionalText(key);
    if (value == null || value.equals("true") || value.equals("false")) {
      return value == null ? otherwise : value.equals("true");
    }
    refuse(key, "must be true or false, found '" + value + "'");
    return otherwise;
  }

  int integer(String key, int otherwise, int least, int most) {
    String value = optionalText(key);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // refused below with the same sentence as a number out of range
    }
    refuse(
        key,
        String.format(
            Locale.ROOT, "must be a whole number from %d to %d, found '%s'", least, most, value));
    return otherwise;
  }

  /** ISO 8601, as {@code PT30S} or {@code P7D}; must be positive. */
  Duration duration(String key, Duration otherwise) {
    String value = optionalText(key);
    if (value == null) {
      return otherwise;
    }
    try {
      Duration duration = Duration.parse(value);
      if (duration.isPositive()) {
        return duration;
      }
    } catch (DateTimeParseException _) {
      // refused below with the same sentence as a negative duration
    }
    refuse(key, "must be a positive ISO 8601 duration such as PT30S, found '" + value + "'");
    return otherwise;
  }

  @Nullable URI uri(String key) {
    List<URI> all = uris(key);
    if (all.size() > 1) {
      refuse(key, "must be one URL, found " + all.size());
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  List<URI> uris(String key) {
    List<URI> uris = new ArrayList<>();
    for (String value : texts(key)) {
      URI uri = parseUri(value);
      if (uri == null) {
        refuse(key, "must be an http or https URL, found '" + value + "'");
      } else {
        uris.add(uri);
      }
    }
    return uris;
  }

  private static @Nullable URI parseUri(String value) {
    try {
      URI uri = URI.create(value);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null ? uri : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  <E extends Enum<E>> E choice(String key, E otherwise, Class<E> type) {
    String value = optionalText(key);
    if (value == null) {
      return otherwise;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    String names = Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
    refuse(key, "must be one of " + names + ", found '" + value + "'");
    return otherwise;
  }

  void refuse(String key, String mistake) {
    mistakes.add(key + " " + mistake);
  }

  /** Every key the server knows, in no promised order; valid once all were read. */
  Set<String> knownKeys() {
    return Set.copyOf(asked);
  }

  /** Every key the file set. */
  Set<String> givenKeys() {
    return Set.copyOf(given.keySet());
  }

  void throwIfWrong() {
    given.keySet().stream()
        .filter(key -> !asked.contains(key))
        .forEach(key -> mistakes.add("unknown key '" + key + "' in the file"));
    environment.keySet().stream()
        .filter(name -> !askedEnvironment.contains(name))
        .sorted()
        .forEach(name -> mistakes.add("unknown environment variable " + name));
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
  }

  private @Nullable String raw(String key) {
    asked.add(key);
    String name = environmentName(key);
    askedEnvironment.add(name);
    String fromEnvironment = environment.get(name);
    return fromEnvironment == null ? given.get(key) : fromEnvironment;
  }

  /** {@code recording.s3SecretKey} is {@code HEYI_RECORDING_S3_SECRET_KEY}. */
  static String environmentName(String key) {
    return PREFIX
        + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
