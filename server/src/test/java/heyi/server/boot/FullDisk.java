package heyi.server.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small file system of its own, which can be filled to the last byte. */
final class FullDisk implements AutoCloseable {
  private static final int BLOCK_BYTES = 64 * 1024;

  private final Path place;

  private FullDisk(Path place) {
    this.place = place;
  }

  /** Mounts one; empty where this machine does not let us. */
  static Optional<FullDisk> mount(Path place, int megabytes) throws Exception {
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
    return exit == 0 ? Optional.of(new FullDisk(place)) : Optional.empty();
  }

  /** Leaves no byte. */
  void fill() throws IOException {
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
    run(List.of("umount", place.toString()));
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
