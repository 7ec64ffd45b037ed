package heyi.recording.composite;

import java.awt.image.BufferedImage;

/**
 * Something drawn once and laid over pictures: opacity, brightness and colour of each pixel.
 *
 * <p>Colour has half the resolution, as in the pictures (YUV 4:2:0, BT.601, limited range).
 * <b>Source:</b> ITU-R BT.601-7 §2.5.
 */
final class Stamp {
  private static final int MASK = 255;

  private final int width;
  private final int height;
  private final Layer bright;
  private final Layer coloured;

  private Stamp(int width, int height, Layer bright, Layer coloured) {
    this.width = width;
    this.height = height;
    this.bright = bright;
    this.coloured = coloured;
  }

  /** The pixels of a plane that are not transparent, row by row; most of a stamp is. */
  private static final class Layer {
    private final int width;
    private final int[] rowStarts;
    private final int[] columns;
    private final byte[] alpha;
    private final byte[] first;
    private final byte[] second;

    Layer(int width, int height, byte[] alpha, byte[] first, byte[] second) {
      this.width = width;
      this.rowStarts = new int[height + 1];
      int count = 0;
      for (byte a : alpha) {
        count += a == 0 ? 0 : 1;
      }
      this.columns = new int[count];
      this.alpha = new byte[count];
      this.first = new byte[count];
      this.second = new byte[count];
      int to = 0;
      for (int row = 0; row < height; row++) {
        rowStarts[row] = to;
        for (int column = 0; column < this.width; column++) {
          int at = row * this.width + column;
          if (alpha[at] != 0) {
            columns[to] = column;
            this.alpha[to] = alpha[at];
            this.first[to] = first[at];
            this.second[to++] = second[at];
          }
        }
      }
      rowStarts[height] = to;
    }

    /** Gives every pixel within the clip, whose numbers are those of this plane. */
    void within(int left, int top, int right, int bottom, Pixel pixel) {
      for (int row = Math.max(0, top); row < Math.min(bottom, rowStarts.length - 1); row++) {
        for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
          if (columns[i] >= left && columns[i] < right) {
            pixel.at(columns[i], row, alpha[i] & MASK, first[i] & MASK, second[i] & MASK);
          }
        }
      }
    }
  }

  @FunctionalInterface
  private interface Pixel {
    void at(int x, int y, int alpha, int first, int second);
  }

  /** Of an image with even width and height. */
  static Stamp of(BufferedImage image) {
    int width = image.getWidth() & ~1;
    int height = image.getHeight() & ~1;
    int[] argb = image.getRGB(0, 0, width, height, null, 0, width);
    byte[] alpha = new byte[width * height];
    byte[] luma = new byte[width * height];
    for (int i = 0; i < argb.length; i++) {
      alpha[i] = (byte) (argb[i] >>> 24);
      luma[i] = (byte) luma(argb[i]);
    }
    return new Stamp(
        width, height, new Layer(width, height, alpha, luma, luma), colours(argb, width, height));
  }

  private static Layer colours(int[] argb, int width, int height) {
    byte[] alpha = new byte[width * height / 4];
    byte[] blue = new byte[alpha.length];
    byte[] red = new byte[alpha.length];
    for (int to = 0; to < alpha.length; to++) {
      int at = to / (width / 2) * 2 * width + to % (width / 2) * 2;
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
      alpha[to] = (byte) (opacity / 4);
      blue[to] = (byte) (opacity == 0 ? 128 : blueSum / opacity);
      red[to] = (byte) (opacity == 0 ? 128 : redSum / opacity);
    }
    return new Layer(width / 2, height / 2, alpha, blue, red);
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
    int left = clip.x() - x;
    int top = clip.y() - y;
    int right = left + clip.width();
    int bottom = top + clip.height();
    bright.within(
        left,
        top,
        right,
        bottom,
        (column, row, alpha, luma, _) -> canvas.mixLuma(x + column, y + row, luma, alpha));
    coloured.within(
        Math.floorDiv(left, 2),
        Math.floorDiv(top, 2),
        Math.floorDiv(right, 2),
        Math.floorDiv(bottom, 2),
        (column, row, alpha, blue, red) ->
            canvas.mixColour(x / 2 + column, y / 2 + row, blue, red, alpha));
  }
}
