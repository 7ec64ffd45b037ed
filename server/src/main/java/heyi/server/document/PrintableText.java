package heyi.server.document;

import java.util.Locale;

/**
 * Words from outside on their way to paper: they can be no markup, they cannot turn the reading
 * direction around, and no character is dropped in silence.
 *
 * <p>A rare character of a name (生僻字) that the font lacks, an emoji or an invisible character
 * stands as {@code 〔U+2B35B〕}: ugly, but what is signed says exactly what was typed.
 */
public final class PrintableText {
  private PrintableText() {}

  /** The words as they stand in a document, without any markup. */
  public static String of(String words) {
    var out = new StringBuilder(words.length() + 16);
    lines(words).codePoints().forEach(c -> printable(c, out));
    return out.toString();
  }

  /** Appends the words as XHTML text. */
  static void escape(String words, StringBuilder html) {
    of(words)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(c);
              }
            });
  }

  private static String lines(String words) {
    return words.replace("\r\n", "\n").replace('\r', '\n').replace('\t', ' ');
  }

  private static void printable(int c, StringBuilder out) {
    if (c == '\n' || (isVisible(c) && DocumentFont.hasGlyph(c))) {
      out.appendCodePoint(c);
    } else if (c == '\u00a0') {
      out.append(' ');
    } else {
      out.append(String.format(Locale.ROOT, "〔U+%04X〕", c));
    }
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
