package heyi.recording.composite;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Puts segments and sound into one file, without encoding anything again.
 *
 * <p>Segments have no frames that depend on another one, and their encoders were set up alike; this
 * is checked. <b>Threads:</b> one; blocks.
 */
final class FilmJoin implements AutoCloseable {
  private static final int AAC_FRAME_SAMPLES = 1024;

  private final Iterator<Path> segments;
  private final AVRational frameTime;
  private final Mp4Reader sound;
  private final AVPacket picturePacket = avcodec.av_packet_alloc();
  private final AVPacket soundPacket = avcodec.av_packet_alloc();
  private Mp4Reader pictures;
  private long frames;

  private FilmJoin(CompositePlan plan, List<Path> segments, Path sound) {
    this.segments = segments.iterator();
    this.frameTime = new AVRational().num(1).den(plan.framesPerSecond());
    this.pictures = Mp4Reader.open(this.segments.next());
    this.sound = Mp4Reader.open(sound);
    // AAC always has as many, but MP4 does not say so.
    this.sound.parameters().frame_size(AAC_FRAME_SAMPLES);
  }

  /** Writes the file and tells how many pictures it has. */
  static long write(CompositePlan plan, List<Path> segments, Path sound, Path to) {
    try (FilmJoin join = new FilmJoin(plan, segments, sound);
        Mp4File file = Mp4File.create(to)) {
      return join.write(file, plan.comment());
    }
  }

  private long write(Mp4File file, String comment) {
    int pictureStream = file.add(pictures.parameters(), frameTime);
    int soundStream = file.add(sound.parameters(), sound.timeBase());
    file.begin(comment);
    byte[] setUp = pictures.setUp();
    boolean hasPicture = nextPicture(setUp);
    boolean hasSound = sound.next(soundPacket);
    while (hasPicture || hasSound) {
      if (hasPicture && (!hasSound || pictureFirst())) {
        file.write(picturePacket, pictureStream, frameTime);
        hasPicture = nextPicture(setUp);
      } else {
        file.write(soundPacket, soundStream, sound.timeBase());
        hasSound = sound.next(soundPacket);
      }
    }
    file.finish();
    return frames;
  }

  private boolean pictureFirst() {
    return avutil.av_compare_ts(picturePacket.dts(), frameTime, soundPacket.dts(), sound.timeBase())
        <= 0;
  }

  private boolean nextPicture(byte[] setUp) {
    while (!pictures.next(picturePacket)) {
      if (!segments.hasNext()) {
        return false;
      }
      pictures.close();
      pictures = Mp4Reader.open(segments.next());
      if (!Arrays.equals(setUp, pictures.setUp())) {
        throw new CompositeException("two segments were encoded differently");
      }
    }
    picturePacket.pts(frames);
    picturePacket.dts(frames);
    picturePacket.duration(1);
    frames++;
    return true;
  }

  @Override
  public void close() {
    avcodec.av_packet_free(picturePacket);
    avcodec.av_packet_free(soundPacket);
    pictures.close();
    sound.close();
  }
}
