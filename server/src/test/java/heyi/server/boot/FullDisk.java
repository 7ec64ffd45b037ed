package heyi.server.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file system of its own, which can be filled to the last byte. */
final class FullDisk implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 * 1024;

  private final Path place;
  private final boolean mounted;

  private FullDisk(Path place, boolean mounted) {
    this.place = place;
    this.mounted = mounted;
  }

  /** Mounts one, where this machine lets us; a mere folder elsewhere. */
  static FullDisk mount(Path place, int megabytes) throws Exception {
    Files.createDirectories(place);
    int exit =
        run(
            List.of(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + megabytes + "m",
                "tmpfs",
                place.toString()));
    return new FullDisk(place, exit == 0);
  }

  /** False for a mere folder: nobody fills the machine's disk. */
  boolean canBeFilled() {
    return mounted;
  }

  /** Leaves no byte. */
  void fill() throws IOException {
    if (!mounted) {
      throw new IllegalStateException(place + " is not a disk of its own");
    }
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (Files.getFileStore(place).getUsableSpace() > BLOCK_BYTES) {
        throw e;
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() throws Exception {
    if (mounted) {
      run(List.of("umount", place.toString()));
    }
  }

  /** Not where recordings are looked for. */
  private Path filler() {
    return place.resolve("filler");
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // no such program on this machine
    }
  }
}
