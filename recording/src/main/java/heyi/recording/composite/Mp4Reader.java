package heyi.recording.composite;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * The packets of an MP4 with one stream, as they are.
 *
 * <p><b>Threads:</b> one; blocks.
 */
final class Mp4Reader implements AutoCloseable {
  private final AVFormatContext context;

  private Mp4Reader(AVFormatContext context) {
    this.context = context;
  }

  static Mp4Reader open(Path file) {
    AVFormatContext context = new AVFormatContext(null);
    AVDictionary none = new AVDictionary(null);
    Av.check(
        avformat.avformat_open_input(context, file.toString(), new AVInputFormat(null), none),
        "open " + file.getFileName());
    return new Mp4Reader(context);
  }

  AVCodecParameters parameters() {
    return context.streams(0).codecpar();
  }

  AVRational timeBase() {
    return context.streams(0).time_base();
  }

  /** What the decoder has to know before the first packet. */
  byte[] setUp() {
    byte[] bytes = new byte[parameters().extradata_size()];
    if (bytes.length > 0) {
      parameters().extradata().get(bytes);
    }
    return bytes;
  }

  /** Reads the next packet; false at the end. */
  boolean next(AVPacket packet) {
    int result = avformat.av_read_frame(context, packet);
    if (Av.isEnd(result)) {
      return false;
    }
    Av.check(result, "read a packet");
    return true;
  }

  @Override
  public void close() {
    avformat.avformat_close_input(context);
  }
}
