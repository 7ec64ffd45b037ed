package heyi.recording.composite;

import java.awt.image.BufferedImage;

/**
 * Something drawn once and laid over pictures: opacity, brightness and colour of each pixel.
 *
 * <p>Colour has half the resolution, as in the pictures (YUV 4:2:0, BT.601, limited range).
 * <b>Source:</b> ITU-R BT.601-7 §2.5.
 */
final class Stamp {
  private static final int OPAQUE = 255;

  private final int width;
  private final int height;
  private final byte[] alpha;
  private final byte[] luma;
  private final byte[] colourAlpha;
  private final byte[] blue;
  private final byte[] red;

  private Stamp(int width, int height) {
    this.width = width;
    this.height = height;
    this.alpha = new byte[width * height];
    this.luma = new byte[width * height];
    this.colourAlpha = new byte[width * height / 4];
    this.blue = new byte[width * height / 4];
    this.red = new byte[width * height / 4];
  }

  /** Of an image with even width and height. */
  static Stamp of(BufferedImage image) {
    Stamp stamp = new Stamp(image.getWidth() & ~1, image.getHeight() & ~1);
    int[] argb = image.getRGB(0, 0, stamp.width, stamp.height, null, 0, stamp.width);
    for (int i = 0; i < argb.length; i++) {
      stamp.alpha[i] = (byte) (argb[i] >>> 24);
      stamp.luma[i] = (byte) luma(argb[i]);
    }
    for (int y = 0; y < stamp.height; y += 2) {
      for (int x = 0; x < stamp.width; x += 2) {
        stamp.colour(argb, x, y);
      }
    }
    return stamp;
  }

  private void colour(int[] argb, int x, int y) {
    int at = y * width + x;
    int[] four = {argb[at], argb[at + 1], argb[at + width], argb[at + width + 1]};
    int opacity = 0;
    int blueSum = 0;
    int redSum = 0;
    for (int pixel : four) {
      int a = pixel >>> 24;
      opacity += a;
      blueSum += a * blue(pixel);
      redSum += a * red(pixel);
    }
    int to = y / 2 * (width / 2) + x / 2;
    colourAlpha[to] = (byte) (opacity / 4);
    blue[to] = (byte) (opacity == 0 ? 128 : blueSum / opacity);
    red[to] = (byte) (opacity == 0 ? 128 : redSum / opacity);
  }

  private static int luma(int argb) {
    return (66 * r(argb) + 129 * g(argb) + 25 * b(argb) + 128 >> 8) + 16;
  }

  private static int blue(int argb) {
    return (-38 * r(argb) - 74 * g(argb) + 112 * b(argb) + 128 >> 8) + 128;
  }

  private static int red(int argb) {
    return (112 * r(argb) - 94 * g(argb) - 18 * b(argb) + 128 >> 8) + 128;
  }

  private static int r(int argb) {
    return argb >> 16 & 0xFF;
  }

  private static int g(int argb) {
    return argb >> 8 & 0xFF;
  }

  private static int b(int argb) {
    return argb & 0xFF;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Lays it over the picture at an even place; what would stand over the clip is left out. */
  void over(Canvas canvas, int x, int y, Tile clip) {
    int left = Math.max(x, clip.x());
    int top = Math.max(y, clip.y());
    int right = Math.min(x + width, clip.x() + clip.width());
    int bottom = Math.min(y + height, clip.y() + clip.height());
    for (int row = top; row < bottom; row++) {
      int from = (row - y) * width - x;
      for (int column = left; column < right; column++) {
        int a = alpha[from + column] & OPAQUE;
        if (a != 0) {
          canvas.mixLuma(column, row, luma[from + column] & OPAQUE, a);
        }
      }
    }
    for (int row = top / 2; row < bottom / 2; row++) {
      int from = (row - y / 2) * (width / 2) - x / 2;
      for (int column = left / 2; column < right / 2; column++) {
        int a = colourAlpha[from + column] & OPAQUE;
        if (a != 0) {
          canvas.mixColour(
              column, row, blue[from + column] & OPAQUE, red[from + column] & OPAQUE, a);
        }
      }
    }
  }
}
