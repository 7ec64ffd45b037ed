package heyi.recording;

/**
 * Width and height of a picture.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record PixelSize(int width, int height) {
  /** Checks that both are positive. */
  public PixelSize {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("size must be positive but is " + width + "x" + height);
    }
  }

  /** Number of pixels, to compare sizes. */
  public long area() {
    return (long) width * height;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
