package heyi.recording.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is found wrong, in Chinese. The table {@code findings.zh.json} is also that of {@code
 * verify.html}: pairs of an English and a Chinese sentence, in which <code>{}</code> stands for
 * what is technical and is the same in both; the most specific sentence stands first.
 *
 * <p><b>Threads:</b> any; immutable.
 */
final class FindingWords {
  private static final String TABLE = "findings.zh.json";
  private static final String HOLE = "{}";
  private static final List<Sample> SAMPLES = read();

  private record Sample(Pattern english, String chinese) {}

  private FindingWords() {}

  /** The same in Chinese; a reason that nobody foresaw is told as it is. */
  static String inChinese(String message) {
    return known(message).orElseGet(() -> "内容无法解析（" + message + "）");
  }

  /** Empty when the table does not have it. */
  static Optional<String> known(String message) {
    for (Sample sample : SAMPLES) {
      Matcher matcher = sample.english().matcher(message);
      if (matcher.matches()) {
        return Optional.of(filled(sample.chinese(), matcher));
      }
    }
    return Optional.empty();
  }

  private static String filled(String chinese, Matcher matcher) {
    StringBuilder sentence = new StringBuilder();
    String[] pieces = chinese.split(Pattern.quote(HOLE), -1);
    sentence.append(pieces[0]);
    for (int i = 1; i < pieces.length; i++) {
      String part = matcher.group(i);
      sentence.append(known(part).orElse(part)).append(pieces[i]);
    }
    return sentence.toString();
  }

  private static List<Sample> read() {
    try (InputStream in = FindingWords.class.getResourceAsStream(TABLE)) {
      List<Sample> samples = new ArrayList<>();
      for (JsonNode pair : new ObjectMapper().readTree(Objects.requireNonNull(in))) {
        samples.add(new Sample(pattern(pair.get(0).textValue()), pair.get(1).textValue()));
      }
      return List.copyOf(samples);
    } catch (IOException e) {
      throw new UncheckedIOException("the table of findings is in the program", e);
    }
  }

  private static Pattern pattern(String english) {
    StringBuilder regex = new StringBuilder();
    String[] pieces = english.split(Pattern.quote(HOLE), -1);
    regex.append(Pattern.quote(pieces[0]));
    for (int i = 1; i < pieces.length; i++) {
      regex.append("(.+?)").append(Pattern.quote(pieces[i]));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
