package heyi.recording.composite;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Draws words into stamps, without a screen.
 *
 * <p><b>Threads:</b> any; each call draws on an image of its own.
 */
final class Lettering {
  /** Dark enough for white letters, light enough to guess what is under it. */
  private static final Color SHADE = new Color(0, 0, 0, 150);

  private static final Color HEADER = new Color(22, 27, 34);

  private static final Color QUIET = new Color(200, 200, 200);

  /** To be read on light and dark pictures, and to be looked through. */
  private static final Color WATERMARK = new Color(255, 255, 255, 46);

  private static final Color WATERMARK_EDGE = new Color(0, 0, 0, 30);
  private static final double WATERMARK_SLANT = -0.35;

  private final Font font;

  private Lettering(Font font) {
    this.font = font;
  }

  /** Loads the font. */
  static Lettering with(Path file) {
    try {
      return new Lettering(Font.createFont(Font.TRUETYPE_FONT, file.toFile()));
    } catch (IOException | FontFormatException e) {
      throw new CompositeException("the font cannot be used: " + file, e);
    }
  }

  /** A name on a shade, as wide as it needs to be. */
  Stamp name(String text, int height, int maxWidth) {
    Font sized = font.deriveFont(height * 0.6f);
    int padding = height / 3;
    int width = Math.min(maxWidth, width(sized, text) + 2 * padding);
    return draw(
        width,
        height,
        g -> {
          g.setColor(SHADE);
          g.fillRect(0, 0, width, height);
          g.setColor(Color.WHITE);
          g.setFont(sized);
          g.drawString(text, padding, baseline(g, height));
        });
  }

  /** Lines in the middle, the first larger. */
  Stamp notice(List<String> lines, int width, int height) {
    return draw(
        width,
        height,
        g -> {
          int lineHeight = height / (lines.size() + 1);
          for (int i = 0; i < lines.size(); i++) {
            Font sized = fitted(lines.get(i), lineHeight * (i == 0 ? 0.8f : 0.6f), width);
            g.setFont(sized);
            g.setColor(i == 0 ? Color.WHITE : QUIET);
            int left = (width - g.getFontMetrics().stringWidth(lines.get(i))) / 2;
            g.drawString(lines.get(i), left, (i + 1) * lineHeight);
          }
        });
  }

  /** The head of the picture: something left, something right. */
  Stamp header(String left, String right, int width, int height) {
    return draw(
        width,
        height,
        g -> {
          g.setColor(HEADER);
          g.fillRect(0, 0, width, height);
          g.setColor(Color.WHITE);
          int padding = height / 2;
          g.setFont(fitted(right, height * 0.55f, width / 2));
          int rightWidth = g.getFontMetrics().stringWidth(right);
          g.drawString(right, width - rightWidth - padding, baseline(g, height));
          g.setFont(fitted(left, height * 0.55f, width - rightWidth - 3 * padding));
          g.drawString(left, padding, baseline(g, height));
        });
  }

  /** A name again and again, slanted, across everything. */
  Stamp watermark(String text, int width, int height) {
    Font sized = font.deriveFont(height / 22f);
    int step = width(sized, text) + height / 5;
    return draw(
        width,
        height,
        g -> {
          g.setFont(sized);
          g.rotate(WATERMARK_SLANT);
          for (int y = -height; y < 2 * height; y += height / 5) {
            for (int x = -width; x < 2 * width; x += step) {
              g.setColor(WATERMARK_EDGE);
              g.drawString(text, x + 1, y + 1);
              g.setColor(WATERMARK);
              g.drawString(text, x, y);
            }
          }
        });
  }

  private Font fitted(String text, float size, int width) {
    Font wanted = font.deriveFont(size);
    int needed = width(wanted, text);
    return needed <= width ? wanted : font.deriveFont(size * width / needed);
  }

  private static int width(Font sized, String text) {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    int width = g.getFontMetrics(sized).stringWidth(text);
    g.dispose();
    return width;
  }

  private static int baseline(Graphics2D g, int height) {
    FontMetrics metrics = g.getFontMetrics();
    return (height - metrics.getHeight()) / 2 + metrics.getAscent();
  }

  private static Stamp draw(int width, int height, Drawing drawing) {
    int evenWidth = Math.max(2, width + 1 & ~1);
    int evenHeight = Math.max(2, height + 1 & ~1);
    BufferedImage image = new BufferedImage(evenWidth, evenHeight, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    drawing.on(g);
    g.dispose();
    return Stamp.of(image);
  }

  @FunctionalInterface
  private interface Drawing {
    void on(Graphics2D g);
  }
}
