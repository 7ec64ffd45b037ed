package heyi.recording.verify;

import java.util.Locale;

/**
 * A sentence of the report, in the languages that it can be printed in.
 *
 * @param zh Chinese
 * @param en English
 */
public record Sentence(String zh, String en) {
  /** With numbers and names put in, the same into both. */
  static Sentence of(String zh, String en, Object... values) {
    return new Sentence(
        String.format(Locale.ROOT, zh, values), String.format(Locale.ROOT, en, values));
  }

  /** In one of them. */
  public String in(ReportLanguage language) {
    return language == ReportLanguage.ZH ? zh : en;
  }

  @Override
  public String toString() {
    return en;
  }
}
