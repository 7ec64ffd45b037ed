package heyi.recording.composite;

/**
 * A rectangle of the picture; all numbers are even, since colour has half the resolution.
 *
 * @param x from the left
 * @param y from the top
 * @param width in pixels
 * @param height in pixels
 */
record Tile(int x, int y, int width, int height) {
  /** Rounds everything down to even numbers. */
  Tile {
    x &= ~1;
    y &= ~1;
    width &= ~1;
    height &= ~1;
    if (x < 0 || y < 0 || width < 2 || height < 2) {
      throw new IllegalArgumentException("not a tile: " + x + "," + y + " " + width + "x" + height);
    }
  }

  /** The largest tile of a shape within this one, in the middle. */
  Tile fit(int shapeWidth, int shapeHeight) {
    long byWidth = (long) width * shapeHeight;
    long byHeight = (long) height * shapeWidth;
    int fittedWidth = byWidth <= byHeight ? width : (int) (byHeight / shapeHeight);
    int fittedHeight = byWidth <= byHeight ? (int) (byWidth / shapeWidth) : height;
    int even = Math.max(2, fittedWidth & ~1);
    int evenHeight = Math.max(2, fittedHeight & ~1);
    return new Tile(x + (width - even) / 2, y + (height - evenHeight) / 2, even, evenHeight);
  }
}
