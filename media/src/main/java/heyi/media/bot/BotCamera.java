package heyi.media.bot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a bot's camera shows, over and over again, instead of its small flashes.
 *
 * @param frames VP8 frames, the first a keyframe
 * @param framesPerSecond at which they follow one another
 */
public record BotCamera(List<byte[]> frames, int framesPerSecond) {
  /** Copies the list. */
  public BotCamera {
    frames = List.copyOf(frames);
    if (frames.isEmpty() || framesPerSecond < 1) {
      throw new IllegalArgumentException(
          "a camera needs frames and a rate: " + frames.size() + ", " + framesPerSecond);
    }
  }

  /**
   * Reads an IVF file of VP8.
   *
   * @throws IOException when it cannot be read
   */
  public static BotCamera ofIvf(Path file, int framesPerSecond) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    return new BotCamera(MediaLoop.ivfFrames(bytes), framesPerSecond);
  }
}
