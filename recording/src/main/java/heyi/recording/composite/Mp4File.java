package heyi.recording.composite;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * An MP4 that is being written: streams first, then packets, then {@link #finish}.
 *
 * <p>The index stands at the front, so that a browser plays before it has everything. The same
 * packets give the same bytes. <b>Threads:</b> one; blocks.
 */
final class Mp4File implements AutoCloseable {
  private final AVFormatContext context;
  private final String name;
  private boolean open = true;

  private Mp4File(AVFormatContext context, String name) {
    this.context = context;
    this.name = name;
  }

  /** Makes the file. */
  static Mp4File create(Path file) {
    AVFormatContext context = new AVFormatContext(null);
    Av.check(
        avformat.avformat_alloc_output_context2(context, null, "mp4", file.toString()),
        "make an MP4 writer");
    context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    AVIOContext io = new AVIOContext(null);
    Av.check(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE), "open " + file);
    context.pb(io);
    return new Mp4File(context, file.getFileName().toString());
  }

  /** Adds a stream and gives its number. */
  int add(AVCodecParameters parameters, AVRational timeBase) {
    AVStream stream = avformat.avformat_new_stream(context, null);
    Av.check(avcodec.avcodec_parameters_copy(stream.codecpar(), parameters), "describe a stream");
    stream.codecpar().codec_tag(0);
    stream.time_base().num(timeBase.num()).den(timeBase.den());
    return stream.index();
  }

  /** Writes the header; no stream can be added any more. */
  void begin(String comment) {
    if (!comment.isEmpty()) {
      AVDictionary metadata = new AVDictionary(null);
      avutil.av_dict_set(metadata, "comment", comment, 0);
      context.metadata(metadata);
    }
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "movflags", "+faststart", 0);
    int result = avformat.avformat_write_header(context, options);
    avutil.av_dict_free(options);
    Av.check(result, "write the header of " + name);
  }

  /** Appends a packet of a stream, whose times are in another time base; the packet is used up. */
  void write(AVPacket packet, int stream, AVRational timeBase) {
    avcodec.av_packet_rescale_ts(packet, timeBase, context.streams(stream).time_base());
    packet.stream_index(stream);
    packet.pos(-1);
    Av.check(avformat.av_interleaved_write_frame(context, packet), "write to " + name);
  }

  /** Writes the index. */
  void finish() {
    Av.check(avformat.av_write_trailer(context), "finish " + name);
    avformat.avio_flush(context.pb());
    Av.check(context.pb().error(), "flush " + name);
    close();
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    AVIOContext io = context.pb();
    context.pb(null);
    avformat.avio_closep(io);
    avformat.avformat_free_context(context);
  }
}
