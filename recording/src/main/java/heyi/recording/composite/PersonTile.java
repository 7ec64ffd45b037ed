package heyi.recording.composite;

import heyi.media.MediaKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * One person's part of the picture: the newest picture of his cameras, else black with the reason;
 * always his name.
 *
 * <p><b>Threads:</b> one; times only go forward.
 */
final class PersonTile implements AutoCloseable {
  private static final int NAME_PART = 9;
  private static final int MIN_NAME_HEIGHT = 22;
  private static final int MAX_NAME_HEIGHT = 36;

  private final CompositePlan plan;
  private final CompositePlan.Person person;
  private final Lettering lettering;
  private final @Nullable Stamp watermark;
  private final List<TrackPictures> cameras = new ArrayList<>();
  private final ScaledPicture scaled = new ScaledPicture();
  private final Map<Absence, Stamp> notices = new EnumMap<>(Absence.class);
  private @Nullable Stamp name;
  private @Nullable Tile drawnIn;
  private @Nullable Object drawn;
  private @Nullable Tile framed;

  /** What is seen; equal when nothing has to be drawn again. */
  private record Seen(int camera, long serial) {}

  PersonTile(
      CompositePlan plan,
      CompositePlan.Person person,
      Lettering lettering,
      @Nullable Stamp watermark) {
    this.plan = plan;
    this.person = person;
    this.lettering = lettering;
    this.watermark = watermark;
    for (CompositePlan.Media media : person.media()) {
      if (media.kind() == MediaKind.VIDEO) {
        cameras.add(new TrackPictures(media));
      }
    }
  }

  /** Brings the tile up to date. */
  void draw(Canvas canvas, Tile tile, long millis) {
    if (!tile.equals(drawnIn)) {
      name = null;
      notices.clear();
      drawn = null;
      framed = null;
      drawnIn = tile;
    }
    boolean recorded = plan.gaps().stream().noneMatch(gap -> gap.contains(millis));
    AVFrame picture = null;
    Object seen = Absence.NOT_RECORDED;
    for (int i = 0; i < cameras.size(); i++) {
      // All of them, so that each stays at the right time; the last one with a picture is shown.
      AVFrame found = cameras.get(i).at(millis);
      if (found != null && recorded) {
        picture = found;
        seen = new Seen(i, cameras.get(i).serial());
      }
    }
    Absence absence = picture == null ? absence(recorded, millis) : null;
    if (absence != null) {
      seen = absence;
    }
    if (seen.equals(drawn)) {
      return;
    }
    Tile fitted = picture == null ? null : tile.fit(picture.width(), picture.height());
    if (fitted == null || !fitted.equals(framed)) {
      canvas.fill(tile, Canvas.BLACK);
    } else {
      margins(canvas, tile, fitted);
    }
    framed = fitted;
    if (picture != null && fitted != null) {
      canvas.copy(scaled.of(picture, fitted.width(), fitted.height()), fitted);
    } else if (absence != null) {
      notice(canvas, tile, absence);
    }
    if (watermark != null) {
      watermark.over(canvas, 0, 0, tile);
    }
    name(canvas, tile);
    drawn = seen;
  }

  /** What is beside the picture carries the name and the watermark of the picture before. */
  private static void margins(Canvas canvas, Tile tile, Tile picture) {
    int right = picture.x() + picture.width();
    int below = picture.y() + picture.height();
    int tileRight = tile.x() + tile.width();
    int tileBelow = tile.y() + tile.height();
    fill(canvas, tile.x(), tile.y(), picture.x(), tileBelow);
    fill(canvas, right, tile.y(), tileRight, tileBelow);
    fill(canvas, picture.x(), tile.y(), right, picture.y());
    fill(canvas, picture.x(), below, right, tileBelow);
  }

  private static void fill(Canvas canvas, int left, int top, int right, int bottom) {
    if (right > left && bottom > top) {
      canvas.fill(new Tile(left, top, right - left, bottom - top), Canvas.BLACK);
    }
  }

  private Absence absence(boolean recorded, long millis) {
    if (!recorded) {
      return Absence.NOT_RECORDED;
    }
    if (person.media().stream().allMatch(media -> media.offsetMillis() > millis)) {
      return Absence.NOT_YET;
    }
    Optional<Absence> told =
        person.told().stream()
            .filter(one -> one.span().contains(millis))
            .flatMap(one -> Absence.of(one.cause()).stream())
            .findFirst();
    if (told.isPresent()) {
      return told.get();
    }
    if (person.media().stream()
        .allMatch(media -> media.offsetMillis() + media.durationMillis() <= millis)) {
      return Absence.GONE;
    }
    boolean heard =
        person.media().stream()
            .anyMatch(media -> media.kind() == MediaKind.AUDIO && media.plays(millis));
    if (!heard) {
      return Absence.SILENT;
    }
    return cameras.isEmpty() ? Absence.SOUND_ONLY : Absence.CAMERA_OFF;
  }

  private void notice(Canvas canvas, Tile tile, Absence absence) {
    Stamp stamp =
        notices.computeIfAbsent(
            absence, why -> lettering.notice(why.words(), tile.width() * 3 / 4, tile.height() / 4));
    int x = tile.x() + (tile.width() - stamp.width()) / 2 & ~1;
    int y = tile.y() + (tile.height() - stamp.height()) / 2 & ~1;
    stamp.over(canvas, x, y, tile);
  }

  private void name(Canvas canvas, Tile tile) {
    Stamp stamp = name;
    if (stamp == null) {
      int height = Math.clamp(tile.height() / NAME_PART, MIN_NAME_HEIGHT, MAX_NAME_HEIGHT) & ~1;
      stamp = lettering.name(person.name(), height, tile.width());
      name = stamp;
    }
    stamp.over(canvas, tile.x(), tile.y() + tile.height() - stamp.height(), tile);
  }

  @Override
  public void close() {
    cameras.forEach(TrackPictures::close);
    scaled.close();
  }
}
