package heyi.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the master key comes from, and what happens without it. */
class EncryptedEvidenceTest {
  private static final ObjectKey KEY = new ObjectKey("sealed/rec-1/manifest.json");
  private static final ObjectContent CONTENT =
      ObjectContent.ofBytes("evidence".getBytes(StandardCharsets.UTF_8), "application/json");

  @TempDir Path folder;

  private ObjectStore plain() {
    return new DirectoryObjectStore(folder.resolve("objects"));
  }

  private ObjectStore opened(String yaml) throws IOException {
    HeyiConfig.Recording config = HeyiConfig.parse(yaml, Map.of()).recording();
    try (DataDirectory directory = DataDirectory.lock(folder)) {
      return EncryptionWiring.before(plain(), config, directory);
    }
  }

  private String stored() throws IOException {
    try (InputStream in = plain().read(KEY)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void withoutAnySettingEvidenceIsEncryptedAndReadAfterARestart() throws IOException {
    opened("").put(KEY, CONTENT);

    assertThat(stored()).startsWith("HEYIENC1").doesNotContain("evidence");
    assertThat(opened("").stat(KEY).orElseThrow().sha256())
        .isEqualTo(Sha256.of("evidence".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aMissingMasterKeyStopsTheStartAndIsNotReplaced() throws IOException {
    opened("").put(KEY, CONTENT);
    Path master = folder.resolve("keys/master");
    Files.move(master, folder.resolve("kept"));

    assertThatThrownBy(() -> opened(""))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(master.toString());
    assertThat(master).doesNotExist();
  }

  @Test
  void theKeyMayLieElsewhere() throws IOException {
    Path elsewhere = folder.resolve("safe/evidence.key");

    opened("recording: {masterKeyFile: " + elsewhere + "}").put(KEY, CONTENT);

    assertThat(elsewhere).exists();
    assertThat(folder.resolve("keys")).doesNotExist();
  }

  @Test
  void encryptionMayBeLeftToTheDisk() throws IOException {
    opened("recording: {encryption: false}").put(KEY, CONTENT);

    assertThat(stored()).isEqualTo("evidence");
    assertThat(opened("").stat(KEY).orElseThrow().sha256())
        .as("what was plain stays readable")
        .isEqualTo(Sha256.of("evidence".getBytes(StandardCharsets.UTF_8)));
  }
}
