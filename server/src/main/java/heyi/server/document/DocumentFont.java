package heyi.server.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.BitSet;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The one font of all documents: WenQuanYi Micro Hei, which has Chinese and Latin glyphs, may be
 * embedded, and gives back the characters that went in (other free fonts give back Kangxi
 * radicals).
 */
public final class DocumentFont {
  /** Its name in style sheets. */
  static final String FAMILY = "heyi";

  /** Planes 0 to 2: no font of ours has glyphs beyond. */
  private static final int CODE_POINTS = 0x30000;

  private DocumentFont() {}

  /** The TrueType file; the caller closes it. */
  public static InputStream open() {
    var font = DocumentFont.class.getResourceAsStream("wqy-microhei.ttf");
    if (font == null) {
      throw new UncheckedIOException(new IOException("the document font is not on the class path"));
    }
    return font;
  }

  /** Whether the character can be printed. */
  static boolean hasGlyph(int codePoint) {
    return Coverage.GLYPHS.get(codePoint);
  }

  /** Read once, when the first document is made; about 25 KB, against 5 MB of the font. */
  private static final class Coverage {
    static final BitSet GLYPHS = read();

    private static BitSet read() {
      try (InputStream in = open();
          TrueTypeFont font = new TTFParser(true).parse(new RandomAccessReadBuffer(in))) {
        CmapLookup lookup = font.getUnicodeCmapLookup();
        var glyphs = new BitSet(CODE_POINTS);
        for (int c = 0; c < CODE_POINTS; c++) {
          glyphs.set(c, lookup.getGlyphId(c) != 0);
        }
        return glyphs;
      } catch (IOException e) {
        throw new UncheckedIOException("the document font cannot be read", e);
      }
    }
  }
}
