package heyi.recording.media;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/** Decodes a finished track and finds the flashes or beeps in it. */
public final class MediaCheck {
  /** The test picture is dark, the flash is white: halfway between. */
  private static final double FLASH_LUMA = 180;

  /** The beep is half of full scale, silence is decoder noise. */
  private static final double BEEP_LEVEL = 0.1;

  /** Two marks closer than this are the same. */
  private static final long SAME_MARK_MILLIS = 400;

  private MediaCheck() {}

  /**
   * What a file holds.
   *
   * @param marksMillis starts of flashes or beeps, on the file's clock
   * @param framesMillis times of all decoded frames
   * @param width of the last picture, 0 for audio
   */
  public record Content(List<Long> marksMillis, List<Long> framesMillis, int width) {}

  /** Decodes the whole file; any decoding error throws. */
  public static Content decode(Path file) throws FrameGrabber.Exception {
    List<Long> marks = new ArrayList<>();
    List<Long> frames = new ArrayList<>();
    int width = 0;
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.start();
      Frame frame = grabber.grabFrame(true, true, true, false);
      while (frame != null) {
        long millis = frame.timestamp / 1000;
        frames.add(millis);
        if (frame.image != null) {
          width = frame.imageWidth;
          if (luma(frame) > FLASH_LUMA) {
            mark(marks, millis);
          }
        } else if (frame.samples != null) {
          long offset = firstLoudMillis(frame);
          if (offset >= 0) {
            mark(marks, millis + offset);
          }
        }
        frame = grabber.grabFrame(true, true, true, false);
      }
    }
    return new Content(marks, frames, width);
  }

  /** Where on the file's clock a player begins to decode that is sent to this moment. */
  public static long seekLandsAt(Path file, long millis) throws FrameGrabber.Exception {
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.start();
      AVFormatContext context = grabber.getFormatContext();
      AVStream stream = context.streams(0);
      int sought =
          avformat.av_seek_frame(
              context, 0, inUnitsOf(stream, millis), avformat.AVSEEK_FLAG_BACKWARD);
      AVPacket packet = avcodec.av_packet_alloc();
      int read = avformat.av_read_frame(context, packet);
      long at = packet.pts() * 1_000 * stream.time_base().num() / stream.time_base().den();
      avcodec.av_packet_free(packet);
      if (sought < 0 || read < 0) {
        throw new FrameGrabber.Exception(file + " cannot be sought: " + sought + ", " + read);
      }
      return at;
    }
  }

  private static long inUnitsOf(AVStream stream, long millis) {
    return millis * stream.time_base().den() / stream.time_base().num() / 1_000;
  }

  private static void mark(List<Long> marks, long millis) {
    if (marks.isEmpty() || millis - marks.getLast() > SAME_MARK_MILLIS) {
      marks.add(millis);
    }
  }

  private static double luma(Frame frame) {
    ByteBuffer pixels = (ByteBuffer) frame.image[0];
    long sum = 0;
    int count = 0;
    for (int y = 0; y < frame.imageHeight; y += 8) {
      for (int x = 0; x < frame.imageWidth; x += 8) {
        sum += Byte.toUnsignedInt(pixels.get(y * frame.imageStride + 3 * x));
        count++;
      }
    }
    return sum / (double) count;
  }

  private static long firstLoudMillis(Frame frame) {
    Buffer samples = frame.samples[0];
    int perMilli = frame.sampleRate * frame.audioChannels / 1000;
    for (int i = 0; i < samples.limit(); i++) {
      double level =
          samples instanceof ShortBuffer shorts
              ? shorts.get(i) / 32768.0
              : ((FloatBuffer) samples).get(i);
      if (Math.abs(level) > BEEP_LEVEL) {
        return i / Math.max(1, perMilli);
      }
    }
    return -1;
  }
}
