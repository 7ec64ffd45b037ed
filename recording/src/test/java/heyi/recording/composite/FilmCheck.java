package heyi.recording.composite;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/** Decodes a finished film and tells what is to be seen and heard in it. */
final class FilmCheck {
  /** The beep is half of full scale. */
  private static final double BEEP_LEVEL = 0.1;

  private static final long SAME_BEEP_MILLIS = 200;

  private final List<Picture> pictures = new ArrayList<>();
  private final List<Long> beeps = new ArrayList<>();
  private String codecs = "";
  private long durationMillis;
  private long lastLoud;

  /** One picture, grey. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Picture(long millis, int width, int height, byte[] grey) {
    /** Mean brightness of a tile, 0 to 255. */
    double brightness(Tile tile) {
      long sum = 0;
      for (int y = tile.y(); y < tile.y() + tile.height(); y++) {
        for (int x = tile.x(); x < tile.x() + tile.width(); x++) {
          sum += grey[y * width + x] & 0xFF;
        }
      }
      return sum / (double) (tile.width() * tile.height());
    }

    /** Pixels of a tile that differ clearly from another picture. */
    long differences(Picture other, Tile tile) {
      long count = 0;
      for (int y = tile.y(); y < tile.y() + tile.height(); y++) {
        for (int x = tile.x(); x < tile.x() + tile.width(); x++) {
          int at = y * width + x;
          if (Math.abs((grey[at] & 0xFF) - (other.grey[at] & 0xFF)) > 60) {
            count++;
          }
        }
      }
      return count;
    }
  }

  static FilmCheck decode(Path file) throws FrameGrabber.Exception {
    FilmCheck check = new FilmCheck();
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.setPixelFormat(avutil.AV_PIX_FMT_GRAY8);
      grabber.setImageMode(FrameGrabber.ImageMode.GRAY);
      grabber.setSampleMode(FrameGrabber.SampleMode.FLOAT);
      grabber.start();
      check.codecs = grabber.getVideoCodecName() + " " + grabber.getAudioCodecName();
      check.durationMillis = grabber.getLengthInTime() / 1000;
      Frame frame = grabber.grabFrame(true, true, true, false);
      while (frame != null) {
        check.add(frame);
        frame = grabber.grabFrame(true, true, true, false);
      }
    }
    return check;
  }

  private void add(Frame frame) {
    long millis = Math.round(frame.timestamp / 1000.0);
    if (frame.image != null) {
      ByteBuffer from = (ByteBuffer) frame.image[0];
      byte[] grey = new byte[frame.imageWidth * frame.imageHeight];
      for (int y = 0; y < frame.imageHeight; y++) {
        from.get(y * frame.imageStride, grey, y * frame.imageWidth, frame.imageWidth);
      }
      pictures.add(new Picture(millis, frame.imageWidth, frame.imageHeight, grey));
    } else if (frame.samples != null) {
      Buffer samples = frame.samples[0];
      for (int i = 0; i < samples.limit(); i++) {
        if (Math.abs(((FloatBuffer) samples).get(i)) > BEEP_LEVEL) {
          beep(millis + i * 1000L / frame.sampleRate);
        }
      }
    }
  }

  private void beep(long millis) {
    if (beeps.isEmpty() || millis - lastLoud > SAME_BEEP_MILLIS) {
      beeps.add(millis);
    }
    lastLoud = millis;
  }

  String codecs() {
    return codecs;
  }

  long durationMillis() {
    return durationMillis;
  }

  List<Picture> pictures() {
    return pictures;
  }

  List<Long> beeps() {
    return beeps;
  }

  /** The picture that is shown at a time. */
  Picture at(long millis) {
    Picture shown = pictures.getFirst();
    for (Picture picture : pictures) {
      if (picture.millis() <= millis) {
        shown = picture;
      }
    }
    return shown;
  }

  /** Begins of flashes in a tile. */
  List<Long> flashes(Tile tile) {
    List<Long> flashes = new ArrayList<>();
    boolean before = false;
    for (Picture picture : pictures) {
      boolean bright = picture.brightness(tile) > 150;
      if (bright && !before) {
        flashes.add(picture.millis());
      }
      before = bright;
    }
    return flashes;
  }
}
