package heyi.server.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The one font of all documents: it has Chinese and Latin glyphs and may be embedded. */
public final class DocumentFont {
  /** Its name in style sheets. */
  static final String FAMILY = "heyi";

  private DocumentFont() {}

  /** The TrueType file; the caller closes it. */
  public static InputStream open() {
    var font = DocumentFont.class.getResourceAsStream("wqy-microhei.ttf");
    if (font == null) {
      throw new UncheckedIOException(new IOException("the document font is not on the class path"));
    }
    return font;
  }
}
