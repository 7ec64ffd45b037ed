package heyi.recording.composite;

import heyi.recording.PixelSize;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Brings decoded pictures, whose size may change at any time, to the size of a tile.
 *
 * <p><b>Threads:</b> one.
 */
final class ScaledPicture implements AutoCloseable {
  private @Nullable SwsContext scaler;
  private @Nullable Canvas scaled;
  private int fromWidth;
  private int fromHeight;
  private int fromFormat;
  private int width;
  private int height;

  /** The picture in the given size; valid until the next call. */
  Canvas of(AVFrame picture, int wantedWidth, int wantedHeight) {
    boolean fits =
        picture.width() == fromWidth
            && picture.height() == fromHeight
            && picture.format() == fromFormat
            && wantedWidth == width
            && wantedHeight == height;
    Canvas to = scaled;
    if (!fits || to == null) {
      to = setUp(picture, wantedWidth, wantedHeight);
    }
    AVFrame into = to.frame();
    Av.check(
        swscale.sws_scale(
            scaler,
            picture.data(),
            picture.linesize(),
            0,
            picture.height(),
            into.data(),
            into.linesize()),
        "scale a picture");
    return to;
  }

  private Canvas setUp(AVFrame picture, int wantedWidth, int wantedHeight) {
    close();
    fromWidth = picture.width();
    fromHeight = picture.height();
    fromFormat = picture.format();
    width = wantedWidth;
    height = wantedHeight;
    scaler =
        swscale.sws_getContext(
            fromWidth,
            fromHeight,
            fromFormat,
            width,
            height,
            avutil.AV_PIX_FMT_YUV420P,
            swscale.SWS_FAST_BILINEAR,
            new SwsFilter(null),
            new SwsFilter(null),
            new DoublePointer((Pointer) null));
    if (scaler == null || scaler.isNull()) {
      throw new CompositeException(
          "FFmpeg cannot scale " + fromWidth + "x" + fromHeight + " to " + width + "x" + height);
    }
    Canvas made = Canvas.black(new PixelSize(width, height));
    scaled = made;
    return made;
  }

  @Override
  public void close() {
    if (scaler != null) {
      swscale.sws_freeContext(scaler);
      scaler = null;
    }
    if (scaled != null) {
      scaled.close();
      scaled = null;
    }
  }
}
