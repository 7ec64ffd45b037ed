package heyi.server.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Looks at the margins of a page. */
final class Inkless {
  private static final int WIDTH_PX = 800;
  private static final int WHITE = 0xFFFFFF;

  private Inkless() {}

  /** Whether nothing is printed on the last {@code px} of 800 on the right of the first page. */
  static boolean rightMargin(byte[] pdf, int px) throws IOException {
    BufferedImage page = ImageIO.read(new ByteArrayInputStream(PdfPages.png(pdf, 1, WIDTH_PX)));
    for (int y = 0; y < page.getHeight(); y++) {
      for (int x = WIDTH_PX - px; x < page.getWidth(); x++) {
        if ((page.getRGB(x, y) & WHITE) != WHITE) {
          return false;
        }
      }
    }
    return true;
  }
}
