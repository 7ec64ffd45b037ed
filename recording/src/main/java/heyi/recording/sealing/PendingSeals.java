package heyi.recording.sealing;

import heyi.recording.ObjectKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Recordings whose seal is not complete, one small file each, so that a restart finds them. */
final class PendingSeals {
  private final Path directory;

  PendingSeals(Path directory) {
    this.directory = directory;
  }

  /** Remembers durably; remembering again changes nothing. */
  void add(ObjectKey root) throws IOException {
    Files.createDirectories(directory);
    Path fresh = directory.resolve("." + root.name() + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(StandardCharsets.UTF_8.encode(root.value()));
      out.force(true);
    }
    Files.move(fresh, file(root), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  void remove(ObjectKey root) throws IOException {
    Files.deleteIfExists(file(root));
  }

  /** At most so many, in the order of their names. */
  List<ObjectKey> list(int most) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> found = Files.list(directory)) {
      files = found.filter(file -> !name(file).startsWith(".")).sorted().limit(most).toList();
    }
    List<ObjectKey> roots = new ArrayList<>();
    for (Path file : files) {
      roots.add(new ObjectKey(Files.readString(file, StandardCharsets.UTF_8)));
    }
    return roots;
  }

  private Path file(ObjectKey root) {
    return directory.resolve(root.name());
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
