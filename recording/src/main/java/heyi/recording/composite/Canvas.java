package heyi.recording.composite;

import heyi.recording.PixelSize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The picture that is being made, in YUV 4:2:0.
 *
 * <p><b>Threads:</b> one.
 */
final class Canvas implements AutoCloseable {
  /** Black in limited range. */
  static final int BLACK = 16;

  private static final int NO_COLOUR = 128;

  private final AVFrame frame;
  private final ByteBuffer luma;
  private final ByteBuffer blue;
  private final ByteBuffer red;
  private final int lumaStride;
  private final int colourStride;

  private Canvas(AVFrame frame, int height) {
    this.frame = frame;
    this.lumaStride = frame.linesize(0);
    this.colourStride = frame.linesize(1);
    this.luma = plane(frame, 0, (long) lumaStride * height);
    this.blue = plane(frame, 1, (long) colourStride * height / 2);
    this.red = plane(frame, 2, (long) colourStride * height / 2);
  }

  /** All black. */
  static Canvas black(PixelSize size) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(avutil.AV_PIX_FMT_YUV420P);
    frame.width(size.width());
    frame.height(size.height());
    Av.check(avutil.av_frame_get_buffer(frame, 0), "make a picture");
    Canvas canvas = new Canvas(frame, size.height());
    canvas.fill(new Tile(0, 0, size.width(), size.height()), BLACK);
    return canvas;
  }

  private static ByteBuffer plane(AVFrame frame, int index, long bytes) {
    return frame.data(index).capacity(bytes).asByteBuffer();
  }

  /** Grey of a brightness. */
  void fill(Tile tile, int brightness) {
    fill(luma, lumaStride, tile.x(), tile.y(), tile.width(), tile.height(), brightness);
    int x = tile.x() / 2;
    int y = tile.y() / 2;
    fill(blue, colourStride, x, y, tile.width() / 2, tile.height() / 2, NO_COLOUR);
    fill(red, colourStride, x, y, tile.width() / 2, tile.height() / 2, NO_COLOUR);
  }

  private static void fill(
      ByteBuffer plane, int stride, int x, int y, int width, int height, int value) {
    byte[] line = new byte[width];
    Arrays.fill(line, (byte) value);
    for (int row = y; row < y + height; row++) {
      plane.put(row * stride + x, line, 0, width);
    }
  }

  /** Copies a picture of the tile's size. */
  void copy(Canvas picture, Tile to) {
    copy(picture.luma, picture.lumaStride, luma, lumaStride, to.x(), to.y(), to, 1);
    copy(picture.blue, picture.colourStride, blue, colourStride, to.x() / 2, to.y() / 2, to, 2);
    copy(picture.red, picture.colourStride, red, colourStride, to.x() / 2, to.y() / 2, to, 2);
  }

  private static void copy(
      ByteBuffer from, int fromStride, ByteBuffer to, int stride, int x, int y, Tile tile, int by) {
    int width = tile.width() / by;
    for (int row = 0; row < tile.height() / by; row++) {
      to.put((y + row) * stride + x, from, row * fromStride, width);
    }
  }

  void mixLuma(int x, int y, int value, int opacity) {
    mix(luma, y * lumaStride + x, value, opacity);
  }

  void mixColour(int x, int y, int blueValue, int redValue, int opacity) {
    int at = y * colourStride + x;
    mix(blue, at, blueValue, opacity);
    mix(red, at, redValue, opacity);
  }

  private static void mix(ByteBuffer plane, int at, int value, int opacity) {
    int old = plane.get(at) & 0xFF;
    plane.put(at, (byte) ((old * (255 - opacity) + value * opacity + 127) / 255));
  }

  /** For FFmpeg. */
  AVFrame frame() {
    return frame;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
  }
}
