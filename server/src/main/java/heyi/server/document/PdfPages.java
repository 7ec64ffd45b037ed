package heyi.server.document;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * Looks at a PDF: pages as pictures for phones, which show no PDF inside a page, and the text.
 *
 * <p><b>Threads:</b> any; computes for a while, not for event loops.
 */
public final class PdfPages {
  /** Narrower is not readable. */
  public static final int MIN_WIDTH_PX = 200;

  /** Wider costs memory and shows no more. */
  public static final int MAX_WIDTH_PX = 1_600;

  private static final float POINTS_PER_INCH = 72f;

  private PdfPages() {}

  /**
   * One page as PNG.
   *
   * @param page from 1
   * @param widthPx is brought into the bounds
   * @throws IllegalArgumentException when there is no such page
   */
  public static byte[] png(byte[] pdf, int page, int widthPx) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      if (page < 1 || page > document.getNumberOfPages()) {
        throw new IllegalArgumentException(
            "page must be 1 to " + document.getNumberOfPages() + " but is " + page);
      }
      var width = Math.clamp(widthPx, MIN_WIDTH_PX, MAX_WIDTH_PX);
      var inches = document.getPage(page - 1).getMediaBox().getWidth() / POINTS_PER_INCH;
      BufferedImage image =
          new PDFRenderer(document).renderImageWithDPI(page - 1, width / inches, ImageType.RGB);
      var png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      return png.toByteArray();
    }
  }

  /** How many pages there are. */
  public static int count(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return document.getNumberOfPages();
    }
  }

  /** All text in reading order. */
  public static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      var reader = new PDFTextStripper();
      reader.setSortByPosition(true);
      return reader.getText(document);
    }
  }
}
