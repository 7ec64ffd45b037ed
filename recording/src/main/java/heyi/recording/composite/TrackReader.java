package heyi.recording.composite;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Decodes a file with one stream, frame by frame.
 *
 * <p>What cannot be decoded is left out: the frames after it say where they belong. <b>Units:</b>
 * milliseconds from the start of the file. <b>Threads:</b> one; blocks.
 */
final class TrackReader implements AutoCloseable {
  private static final long MILLIS_PER_SECOND = 1000;

  private final AVFormatContext context;
  private final AVStream stream;
  private final AVCodecContext decoder;
  private final AVPacket packet = avcodec.av_packet_alloc();
  private boolean ended;

  private TrackReader(AVFormatContext context, AVCodecContext decoder) {
    this.context = context;
    this.stream = context.streams(0);
    this.decoder = decoder;
  }

  /** Opens a file at its start. */
  static TrackReader open(Path file) {
    AVFormatContext context = new AVFormatContext(null);
    AVDictionary none = new AVDictionary(null);
    Av.check(
        avformat.avformat_open_input(context, file.toString(), new AVInputFormat(null), none),
        "open " + file.getFileName());
    Av.check(
        avformat.avformat_find_stream_info(context, none), "read streams of " + file.getFileName());
    AVStream stream = context.streams(0);
    AVCodec codec = avcodec.avcodec_find_decoder(stream.codecpar().codec_id());
    AVCodecContext decoder = avcodec.avcodec_alloc_context3(codec);
    Av.check(
        avcodec.avcodec_parameters_to_context(decoder, stream.codecpar()), "set up the decoder");
    // Segments are made side by side already.
    decoder.thread_count(1);
    Av.check(avcodec.avcodec_open2(decoder, codec, none), "open the decoder");
    return new TrackReader(context, decoder);
  }

  /** Goes to the last keyframe at or before a time, or to the start when there is none. */
  void seek(long millis) {
    long timestamp =
        Math.max(0, millis)
            * stream.time_base().den()
            / (stream.time_base().num() * MILLIS_PER_SECOND);
    int result = avformat.av_seek_frame(context, 0, timestamp, avformat.AVSEEK_FLAG_BACKWARD);
    if (result < 0) {
      Av.check(avformat.av_seek_frame(context, 0, 0, avformat.AVSEEK_FLAG_BACKWARD), "seek");
    }
    avcodec.avcodec_flush_buffers(decoder);
    ended = false;
  }

  /** Decodes the next frame into the given one; false at the end of the file. */
  boolean next(AVFrame frame) {
    while (true) {
      int result = avcodec.avcodec_receive_frame(decoder, frame);
      if (result >= 0) {
        return true;
      }
      if (ended || Av.isEnd(result)) {
        return false;
      }
      feed();
    }
  }

  private void feed() {
    int read = avformat.av_read_frame(context, packet);
    if (read < 0) {
      ended = true;
      avcodec.avcodec_send_packet(decoder, new AVPacket(null));
      return;
    }
    avcodec.avcodec_send_packet(decoder, packet);
    avcodec.av_packet_unref(packet);
  }

  /** When a decoded frame begins. */
  long millis(AVFrame frame) {
    return frame.best_effort_timestamp()
        * stream.time_base().num()
        * MILLIS_PER_SECOND
        / stream.time_base().den();
  }

  /** Channels of sound. */
  int channels() {
    return decoder.ch_layout().nb_channels();
  }

  /** How samples are kept. */
  int sampleFormat() {
    return decoder.sample_fmt();
  }

  /** Samples a second. */
  int sampleRate() {
    return decoder.sample_rate();
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(decoder);
    avformat.avformat_close_input(context);
  }

  /** A frame to decode into. */
  static AVFrame newFrame() {
    return avutil.av_frame_alloc();
  }
}
