package heyi.recording.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterKeyFileTest {
  private static final String CONTEXT = "recordings/rec-1";
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;

  private Path made(String name) throws IOException {
    Path file = folder.resolve(name);
    MasterKeyFile.create(file, random);
    return file;
  }

  @Test
  void whatItWrapsItUnwrapsForThatSessionOnly() throws IOException {
    MasterKeyFile keys = MasterKeyFile.open(made("master"), random);
    WrappedKey wrapped = keys.wrap(CONTEXT, KEY);

    assertThat(keys.unwrap(CONTEXT, wrapped)).isEqualTo(KEY);
    assertThatThrownBy(() -> keys.unwrap("recordings/rec-2", wrapped))
        .isInstanceOf(UndecryptableException.class);
    assertThatThrownBy(() -> keys.unwrap("sealed/rec-1", wrapped))
        .isInstanceOf(UndecryptableException.class);
  }

  @Test
  void aNewKeyOnTopWrapsAndTheOldOneStillUnwraps() throws IOException {
    Path old = made("old");
    WrappedKey before = MasterKeyFile.open(old, random).wrap(CONTEXT, KEY);
    Path rotated = folder.resolve("rotated");
    Files.writeString(rotated, Files.readString(made("new")) + Files.readString(old));
    MasterKeyFile both = MasterKeyFile.open(rotated, random);

    assertThat(both.unwrap(CONTEXT, before)).isEqualTo(KEY);
    assertThat(both.wrap(CONTEXT, KEY).masterKeyId()).isNotEqualTo(before.masterKeyId());
    assertThatThrownBy(
            () -> MasterKeyFile.open(folder.resolve("new"), random).unwrap(CONTEXT, before))
        .isInstanceOf(UndecryptableException.class)
        .hasMessageContaining(before.masterKeyId());
  }

  @Test
  void onlyItsOwnerReadsTheFileAndItIsNeverReplaced() throws IOException {
    Path file = made("master");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> MasterKeyFile.create(file, random)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id",
        "id c2hvcnQ=",
        "id !!!",
        "a b c",
        "../x MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
      })
  void whatIsNoKeyFileIsRefused(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("master"), text);

    assertThatThrownBy(() -> MasterKeyFile.open(file, random))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("master");
  }
}
