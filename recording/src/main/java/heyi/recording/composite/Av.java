package heyi.recording.composite;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/** Answers of FFmpeg's functions. */
final class Av {
  private Av() {}

  /**
   * Passes a good answer on.
   *
   * @throws CompositeException when it is an error, naming what was tried
   */
  static int check(int result, String what) {
    if (result < 0) {
      byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
      avutil.av_strerror(result, text, text.length);
      String reason = new String(text, StandardCharsets.UTF_8);
      throw new CompositeException(
          "FFmpeg could not " + what + ": " + reason.substring(0, reason.indexOf('\0')));
    }
    return result;
  }

  /** Whether the codec wants to be given something before it gives something. */
  static boolean isTryAgain(int result) {
    return result == avutil.AVERROR_EAGAIN();
  }

  /** Whether there is nothing more to come. */
  static boolean isEnd(int result) {
    return result == avutil.AVERROR_EOF;
  }
}
