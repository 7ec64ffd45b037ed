package heyi.recording.composite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pictures of one segment. The same plan gives the same segment, whichever run makes it.
 *
 * <p><b>Threads:</b> one; blocks.
 */
final class SegmentFilm {
  private final CompositePlan plan;
  private final List<Speakers.Turn> turns;
  private final Tiles tiles;
  private final Lettering lettering;
  private final @Nullable Stamp watermark;

  SegmentFilm(CompositePlan plan, Lettering lettering, List<Speakers.Turn> turns) {
    this.plan = plan;
    this.turns = List.copyOf(turns);
    this.tiles = new Tiles(plan.size());
    this.lettering = lettering;
    this.watermark =
        plan.watermark() == null
            ? null
            : lettering.watermark(plan.watermark(), plan.size().width(), plan.size().height());
  }

  /**
   * Writes the segment.
   *
   * @param frameDone told after each frame
   */
  void make(Segment segment, Path file, Runnable frameDone) {
    List<PersonTile> people = new ArrayList<>();
    try (Mp4File mp4 = Mp4File.create(file);
        Encoder encoder =
            Encoder.pictures(mp4, plan.size(), plan.framesPerSecond(), plan.videoBitsPerSecond());
        Canvas canvas = Canvas.black(plan.size())) {
      mp4.begin("");
      plan.people()
          .forEach(person -> people.add(new PersonTile(plan, person, lettering, watermark)));
      Head head = new Head(plan, lettering, tiles.header());
      List<Tile> places = List.of();
      for (long i = 0; i < segment.frames(); i++) {
        long millis = plan.frameMillis(segment.firstFrame() + i);
        List<Tile> wanted = places(millis);
        if (!wanted.equals(places)) {
          places = wanted;
          canvas.fill(new Tile(0, 0, plan.size().width(), plan.size().height()), Canvas.BLACK);
          head = new Head(plan, lettering, tiles.header());
        }
        head.draw(canvas, millis);
        for (int p = 0; p < people.size(); p++) {
          people.get(p).draw(canvas, places.get(p), millis);
        }
        encoder.encode(canvas.frame(), i);
        frameDone.run();
      }
      encoder.flush();
      mp4.finish();
    } finally {
      people.forEach(PersonTile::close);
    }
  }

  private List<Tile> places(long millis) {
    int count = plan.people().size();
    return switch (plan.layout()) {
      case GRID -> tiles.grid(count);
      case SPEAKER -> tiles.speaker(count, Speakers.at(turns, millis));
    };
  }
}
