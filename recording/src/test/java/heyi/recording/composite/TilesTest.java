package heyi.recording.composite;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.PixelSize;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every tile is in the picture and none over another. */
final class TilesTest {
  @ParameterizedTest
  @CsvSource({"1280,720", "640,360", "320,180", "1920,1080", "426,240"})
  void tilesOfEverybodyFitBesideOneAnother(int width, int height) {
    Tiles tiles = new Tiles(new PixelSize(width, height));
    for (int people = 1; people <= 16; people++) {
      fit(tiles.grid(people), tiles.header(), width, height, people);
      for (int speaker = 0; speaker < people; speaker++) {
        fit(tiles.speaker(people, speaker), tiles.header(), width, height, people);
      }
    }
  }

  private static void fit(List<Tile> tiles, Tile header, int width, int height, int people) {
    assertThat(tiles).hasSize(people);
    List<Tile> all = new ArrayList<>(tiles);
    all.add(header);
    for (Tile tile : all) {
      assertThat(tile.x() + tile.width()).isLessThanOrEqualTo(width);
      assertThat(tile.y() + tile.height()).isLessThanOrEqualTo(height);
      assertThat(all.stream().filter(other -> overlaps(tile, other)).count()).isEqualTo(1);
    }
  }

  private static boolean overlaps(Tile one, Tile two) {
    return one.x() < two.x() + two.width()
        && two.x() < one.x() + one.width()
        && one.y() < two.y() + two.height()
        && two.y() < one.y() + one.height();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 16})
  void theSpeakerIsTheLargestWhoeverHeIs(int people) {
    Tiles tiles = new Tiles(new PixelSize(1280, 720));
    List<Tile> places = tiles.speaker(people, people - 1);

    assertThat(places.getLast().width()).isGreaterThan(2 * places.getFirst().width());
  }

  @Test
  void picturesOfEveryShapeAreFittedAndNotStretched() {
    Tile tile = new Tile(4, 40, 640, 360);

    assertThat(tile.fit(1280, 720)).isEqualTo(tile);
    assertThat(tile.fit(360, 640)).isEqualTo(new Tile(223, 40, 202, 360));
    assertThat(tile.fit(640, 480).height()).isEqualTo(360);
    assertThat(tile.fit(1000, 100).width()).isEqualTo(640);
  }
}
