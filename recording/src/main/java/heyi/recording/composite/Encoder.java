package heyi.recording.composite;

import heyi.recording.PixelSize;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * One stream of an MP4: frames in, packets into the file. Pictures as H.264 by OpenH264, sound as
 * AAC by FFmpeg's own encoder.
 *
 * <p><b>Threads:</b> one; blocks.
 */
final class Encoder implements AutoCloseable {
  /** Of the sound: all that Opus can carry. */
  static final int SAMPLE_RATE = 48_000;

  /** Plenty for voices in one channel. */
  private static final int SOUND_BITS_PER_SECOND = 96_000;

  /** A player that seeks decodes at most so much. */
  private static final int SECONDS_BETWEEN_KEYFRAMES = 2;

  private final AVCodecContext codec;
  private final Mp4File file;
  private final int stream;
  private final AVPacket packet = avcodec.av_packet_alloc();

  private Encoder(AVCodecContext codec, Mp4File file) {
    this.codec = codec;
    this.file = file;
    AVRational timeBase = codec.time_base();
    var parameters = avcodec.avcodec_parameters_alloc();
    Av.check(avcodec.avcodec_parameters_from_context(parameters, codec), "describe the encoder");
    this.stream = file.add(parameters, timeBase);
    avcodec.avcodec_parameters_free(parameters);
  }

  /** Pictures, a frame's time being its number. */
  static Encoder pictures(Mp4File file, PixelSize size, int framesPerSecond, int bitsPerSecond) {
    AVCodecContext codec = context("libopenh264");
    codec.width(size.width());
    codec.height(size.height());
    codec.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    codec.time_base(rational(1, framesPerSecond));
    codec.framerate(rational(framesPerSecond, 1));
    codec.bit_rate(bitsPerSecond);
    codec.gop_size(framesPerSecond * SECONDS_BETWEEN_KEYFRAMES);
    codec.thread_count(1);
    // Cameras came as BT.601; without a word players take 720 lines for BT.709.
    codec.colorspace(avutil.AVCOL_SPC_SMPTE170M);
    codec.color_primaries(avutil.AVCOL_PRI_SMPTE170M);
    codec.color_trc(avutil.AVCOL_TRC_SMPTE170M);
    codec.color_range(avutil.AVCOL_RANGE_MPEG);
    return open(codec, file);
  }

  /** Sound in one channel, a frame's time being its first sample. */
  static Encoder sound(Mp4File file) {
    AVCodecContext codec = context("aac");
    codec.sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
    codec.sample_rate(SAMPLE_RATE);
    codec.time_base(rational(1, SAMPLE_RATE));
    codec.bit_rate(SOUND_BITS_PER_SECOND);
    avutil.av_channel_layout_default(codec.ch_layout(), 1);
    return open(codec, file);
  }

  private static AVCodecContext context(String name) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
    if (codec == null || codec.isNull()) {
      throw new CompositeException("this FFmpeg has no encoder " + name);
    }
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    context.flags(
        context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER | avcodec.AV_CODEC_FLAG_BITEXACT);
    return context;
  }

  private static Encoder open(AVCodecContext context, Mp4File file) {
    AVDictionary options = new AVDictionary(null);
    if (context.codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
      avutil.av_dict_set(options, "allow_skip_frames", "0", 0);
      avutil.av_dict_set(options, "profile", "high", 0);
      avutil.av_dict_set(options, "coder", "cabac", 0);
    }
    int result = avcodec.avcodec_open2(context, context.codec(), options);
    avutil.av_dict_free(options);
    Av.check(result, "open the encoder");
    return new Encoder(context, file);
  }

  private static AVRational rational(int num, int den) {
    return new AVRational().num(num).den(den);
  }

  /** Encodes a frame. */
  void encode(AVFrame frame, long time) {
    frame.pts(time);
    frame.pict_type(avutil.AV_PICTURE_TYPE_NONE);
    Av.check(avcodec.avcodec_send_frame(codec, frame), "encode");
    drain();
  }

  /** Encodes what the encoder still holds. */
  void flush() {
    Av.check(avcodec.avcodec_send_frame(codec, new AVFrame(null)), "end the stream");
    drain();
  }

  private void drain() {
    int result = avcodec.avcodec_receive_packet(codec, packet);
    while (result >= 0) {
      if (packet.duration() == 0 && codec.codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
        packet.duration(1);
      }
      file.write(packet, stream, codec.time_base());
      result = avcodec.avcodec_receive_packet(codec, packet);
    }
    if (!Av.isTryAgain(result) && !Av.isEnd(result)) {
      Av.check(result, "encode");
    }
  }

  /** Samples of one frame of sound. */
  int frameSize() {
    return codec.frame_size();
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(codec);
  }
}
