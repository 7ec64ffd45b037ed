package heyi.server.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The settings that a verb is started with. */
final class ConfigFile {
  private ConfigFile() {}

  /** Of the file, when one is named, and of the environment. */
  static HeyiConfig read(@Nullable Path file) throws IOException {
    if (file == null) {
      return HeyiConfig.parse("", System.getenv());
    }
    if (!Files.isReadable(file)) {
      throw new StartException("The file " + file + " cannot be read.", null);
    }
    return HeyiConfig.parse(Files.readString(file), System.getenv());
  }
}
