package heyi.recording.mux;

import heyi.media.MediaKind;
import heyi.recording.PixelSize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * One WebM file with one VP8 or Opus stream, written packet by packet, with cues for seeking.
 *
 * <p>The same packets give the same bytes (no dates, no random ids), so that muxing again after a
 * crash makes the same evidence. <b>Threads:</b> one; blocks. <b>Source:</b> Opus header <a
 * href="https://www.rfc-editor.org/rfc/rfc7845#section-5.1">RFC 7845 §5.1</a>.
 */
final class WebmFile implements AutoCloseable {
  private static final int OPUS_HEAD_BYTES = 19;
  private static final int OPUS_RATE = 48_000;
  private static final int OPUS_CHANNELS = 2;

  /**
   * Between two places of a sound where a player may begin: it decodes from the last one to where
   * it is sent, and with five seconds (FFmpeg's default) that was most of the work of a seek.
   */
  private static final int SOUND_CLUSTER_MILLIS = 1_000;

  private final AVFormatContext context;
  private final AVPacket packet;
  private boolean open;

  private WebmFile(AVFormatContext context) {
    this.context = context;
    this.packet = avcodec.av_packet_alloc();
    this.open = true;
  }

  /** Makes the file and writes its header. */
  static WebmFile create(Path file, MediaKind kind, @Nullable PixelSize size) {
    AVFormatContext context = new AVFormatContext(null);
    check(
        avformat.avformat_alloc_output_context2(context, null, "webm", file.toString()),
        "make a WebM writer");
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    AVStream stream = avformat.avformat_new_stream(context, null);
    stream.time_base().num(1).den(1000);
    if (kind == MediaKind.VIDEO) {
      describeVideo(stream.codecpar(), size);
    } else {
      describeAudio(stream.codecpar());
    }
    AVIOContext io = new AVIOContext(null);
    check(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE), "open " + file);
    context.pb(io);
    AVDictionary options = new AVDictionary(null);
    if (kind == MediaKind.AUDIO) {
      avutil.av_dict_set(options, "cluster_time_limit", Integer.toString(SOUND_CLUSTER_MILLIS), 0);
    }
    check(avformat.avformat_write_header(context, options), "write the header of " + file);
    avutil.av_dict_free(options);
    return new WebmFile(context);
  }

  /**
   * Appends a frame.
   *
   * @param millis presentation time, greater than that of the frame before
   * @param durationMillis 0 when unknown
   */
  void write(byte[] data, long millis, long durationMillis, boolean keyframe) {
    check(avcodec.av_new_packet(packet, data.length), "make a packet");
    packet.data().put(data, 0, data.length);
    packet.stream_index(0);
    packet.pts(millis);
    packet.dts(millis);
    packet.duration(durationMillis);
    packet.flags(keyframe ? avcodec.AV_PKT_FLAG_KEY : 0);
    int result = avformat.av_write_frame(context, packet);
    avcodec.av_packet_unref(packet);
    check(result, "write a frame at " + millis + " ms");
  }

  /** Writes cues and duration. */
  void finish() {
    check(avformat.av_write_trailer(context), "write the trailer");
    avformat.avio_flush(context.pb());
    check(context.pb().error(), "flush the file");
    close();
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    avcodec.av_packet_free(packet);
    AVIOContext io = context.pb();
    context.pb(null);
    avformat.avio_closep(io);
    avformat.avformat_free_context(context);
  }

  private static void describeVideo(AVCodecParameters parameters, @Nullable PixelSize size) {
    if (size == null) {
      throw new IllegalArgumentException("video needs a picture size");
    }
    parameters.codec_type(avutil.AVMEDIA_TYPE_VIDEO);
    parameters.codec_id(avcodec.AV_CODEC_ID_VP8);
    parameters.width(size.width());
    parameters.height(size.height());
  }

  private static void describeAudio(AVCodecParameters parameters) {
    parameters.codec_type(avutil.AVMEDIA_TYPE_AUDIO);
    parameters.codec_id(avcodec.AV_CODEC_ID_OPUS);
    parameters.sample_rate(OPUS_RATE);
    avutil.av_channel_layout_default(parameters.ch_layout(), OPUS_CHANNELS);
    byte[] head =
        ByteBuffer.allocate(OPUS_HEAD_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
            .put((byte) 1)
            .put((byte) OPUS_CHANNELS)
            .putShort((short) 0)
            .putInt(OPUS_RATE)
            .putShort((short) 0)
            .put((byte) 0)
            .array();
    Pointer memory =
        avutil.av_mallocz(OPUS_HEAD_BYTES + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
    BytePointer extradata = new BytePointer(memory).put(head, 0, head.length);
    parameters.extradata(extradata);
    parameters.extradata_size(OPUS_HEAD_BYTES);
  }

  private static void check(int result, String what) {
    if (result < 0) {
      byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
      avutil.av_strerror(result, text, text.length);
      String reason = new String(text, StandardCharsets.UTF_8);
      throw new MuxException(
          "FFmpeg could not " + what + ": " + reason.substring(0, reason.indexOf('\0')));
    }
  }
}
