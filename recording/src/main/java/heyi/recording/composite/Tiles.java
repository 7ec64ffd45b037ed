package heyi.recording.composite;

import heyi.recording.PixelSize;
import java.util.ArrayList;
import java.util.List;

/**
 * Where everybody is in the picture. Pure.
 *
 * <pre>
 * ┌──────────────────────────────────────┐ header: caption, clocks
 * ├──────────────────┬───────────────────┤
 * │ GRID: same size  │                   │   SPEAKER: ┌───────────┬───┐
 * ├──────────────────┼───────────────────┤            │  speaker  ├───┤
 * │                  │                   │            └───────────┴───┘
 * └──────────────────┴───────────────────┘
 * </pre>
 */
final class Tiles {
  /** Between tiles. */
  private static final int GUTTER = 4;

  /** Part of the height that the header takes. */
  private static final int HEADER_PART = 18;

  /** Part of the width that those who do not speak share. */
  private static final int STRIP_PART = 4;

  /** The strip has one column up to this many people. */
  private static final int STRIP_ROWS = 4;

  private final PixelSize size;
  private final int headerHeight;

  Tiles(PixelSize size) {
    this.size = size;
    this.headerHeight = size.height() / HEADER_PART & ~1;
  }

  /** The header. */
  Tile header() {
    return new Tile(0, 0, size.width(), headerHeight);
  }

  /** A tile each, in the order of the people. */
  List<Tile> grid(int people) {
    return grid(people, 0, size.width());
  }

  /** A tile each, in the order of the people; that of the speaker is large. */
  List<Tile> speaker(int people, int speaker) {
    if (people == 1) {
      return grid(1);
    }
    int stripWidth = size.width() / STRIP_PART;
    Tile large =
        new Tile(0, headerHeight, size.width() - stripWidth - GUTTER, size.height() - headerHeight);
    List<Tile> others = strip(people - 1, stripWidth);
    List<Tile> tiles = new ArrayList<>(others);
    tiles.add(speaker, large);
    return List.copyOf(tiles);
  }

  private List<Tile> strip(int people, int width) {
    int columns = Math.ceilDiv(people, STRIP_ROWS * 2) > 1 || people > STRIP_ROWS ? 2 : 1;
    int rows = Math.max(STRIP_ROWS, Math.ceilDiv(people, columns));
    return cells(people, columns, rows, size.width() - width, width);
  }

  private List<Tile> grid(int people, int left, int width) {
    int columns = (int) Math.ceil(Math.sqrt(people));
    return cells(people, columns, Math.ceilDiv(people, columns), left, width);
  }

  private List<Tile> cells(int people, int columns, int rows, int left, int width) {
    int cellWidth = (width - (columns - 1) * GUTTER) / columns & ~1;
    int cellHeight = (size.height() - headerHeight - (rows - 1) * GUTTER) / rows & ~1;
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      int column = i % columns;
      int row = i / columns;
      tiles.add(
          new Tile(
              left + column * (cellWidth + GUTTER),
              headerHeight + row * (cellHeight + GUTTER),
              cellWidth,
              cellHeight));
    }
    return tiles;
  }
}
