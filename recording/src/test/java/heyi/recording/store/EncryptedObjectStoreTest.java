package heyi.recording.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.encryption.EncryptedObjectStore;
import heyi.recording.encryption.KeyManagement;
import heyi.recording.encryption.MasterKeyFile;
import heyi.recording.encryption.UndecryptableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted evidence keeps the store's contract, says nothing to a thief and hides no change. */
final class EncryptedObjectStoreTest extends ObjectStoreContract {
  private static final int HEADER = 512;
  private static final int SEGMENT = 65_536;
  private static final ObjectKey KEY = new ObjectKey("recordings/rec-7/tracks/party-1.webm");
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path root;
  @TempDir private Path keyFolder;
  private KeyManagement master;

  @BeforeEach
  void makeMasterKey() throws IOException {
    MasterKeyFile.create(keyFolder.resolve("master"), random);
    master = MasterKeyFile.open(keyFolder.resolve("master"), random);
  }

  @Override
  ObjectStore store() {
    return new EncryptedObjectStore(
        new DirectoryObjectStore(root), Set.of(new ObjectKey("recordings")), master, random);
  }

  private Path file(ObjectKey key) {
    return root.resolve("objects").resolve(key.value());
  }

  private static ObjectContent content(byte[] bytes) {
    return ObjectContent.ofBytes(bytes, "video/webm");
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  private byte[] read(ObjectKey key, long offset, long length) throws IOException {
    try (InputStream in = store().read(key, offset, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  void theDiskHoldsNeitherTheBytesNorTheKey() throws IOException {
    byte[] secret = "the parties agree on 300,000".repeat(99).getBytes(StandardCharsets.UTF_8);
    store().put(KEY, content(secret));

    assertThat(Files.readString(file(KEY), StandardCharsets.ISO_8859_1)).doesNotContain("agree");
    assertThat(store().stat(KEY).orElseThrow().sha256()).isEqualTo(Sha256.of(secret));
  }

  @Test
  void everyRangeIsReadAcrossSegmentsOfEverySize() throws IOException {
    for (int size : new int[] {0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT + 5}) {
      ObjectKey key = KEY.child("size-" + size);
      byte[] all = noise(size);
      store().put(key, content(all));
      for (int from : new int[] {0, 1, SEGMENT - 2, SEGMENT, 2 * SEGMENT + 7, size}) {
        int begin = Math.min(from, size);
        int end = Math.min(size, begin + SEGMENT + 3);
        assertThat(read(key, begin, SEGMENT + 3L))
            .as("%d from %d", size, begin)
            .isEqualTo(Arrays.copyOfRange(all, begin, end));
      }
    }
  }

  @Test
  void aChangedByteIsFoundWhereverItIs() throws IOException {
    byte[] all = noise(2 * SEGMENT + 100);
    store().put(KEY, content(all));
    byte[] stored = Files.readAllBytes(file(KEY));
    SplittableRandom where = new SplittableRandom(5);
    for (int i = 0; i < 200; i++) {
      byte[] changed = stored.clone();
      int at = i < 140 ? 4 * i % 512 : where.nextInt(stored.length);
      changed[at] ^= (byte) (1 << where.nextInt(8));
      overwrite(changed);

      assertThat(silentlyWrong(all)).as("byte %d", at).isFalse();
    }
  }

  @Test
  void segmentsThatAreSwappedOrCutOffAreFound() throws IOException {
    byte[] all = noise(3 * SEGMENT);
    store().put(KEY, content(all));
    byte[] stored = Files.readAllBytes(file(KEY));
    int segment = SEGMENT + 16;
    byte[] swapped = stored.clone();
    System.arraycopy(stored, HEADER, swapped, HEADER + segment, segment);
    System.arraycopy(stored, HEADER + segment, swapped, HEADER, segment);
    overwrite(swapped);
    assertThat(silentlyWrong(all)).isFalse();
    overwrite(Arrays.copyOf(stored, stored.length - segment));
    assertThat(silentlyWrong(all)).isFalse();
  }

  @Test
  void anObjectMovedToAnotherNameIsNotRead() throws IOException {
    store().put(KEY, content(noise(500)));
    ObjectKey other = new ObjectKey("recordings/rec-7/tracks/party-2.webm");
    Files.copy(file(KEY), file(other));

    assertThatThrownBy(() -> store().read(other)).isInstanceOf(UndecryptableException.class);
  }

  @Test
  void anotherMasterKeyReadsNothing() throws IOException {
    store().put(KEY, content(noise(500)));
    MasterKeyFile.create(keyFolder.resolve("other"), random);
    master = MasterKeyFile.open(keyFolder.resolve("other"), random);

    assertThatThrownBy(() -> store().read(KEY))
        .isInstanceOf(UndecryptableException.class)
        .hasMessageContaining("master key");
  }

  @Test
  void aRestartedServerGoesOnInTheSameSession() throws IOException {
    ObjectKey later = new ObjectKey("recordings/rec-7/tracks/later.webm");
    byte[] first = noise(500);
    store().put(KEY, content(first));
    store().put(later, content(first));

    assertThat(read(KEY, 0, 500)).isEqualTo(first);
    assertThat(read(later, 0, 500)).isEqualTo(first);
    assertThat(store().put(KEY, content(first)).sha256()).isEqualTo(Sha256.of(first));
  }

  @Test
  void evidenceFromBeforeAndOtherObjectsStayReadable() throws IOException {
    byte[] plain = noise(1000);
    new DirectoryObjectStore(root).put(KEY, content(plain));
    ObjectKey open = new ObjectKey("log/tile/0");
    store().put(open, content(plain));

    assertThat(read(KEY, 0, 2000)).isEqualTo(plain);
    assertThat(store().stat(KEY).orElseThrow().sha256()).isEqualTo(Sha256.of(plain));
    assertThat(Files.readAllBytes(file(open))).isEqualTo(plain);
  }

  private void overwrite(byte[] bytes) throws IOException {
    Files.write(file(KEY), bytes);
  }

  /** Whether reading gives wrong bytes without complaint. A changed magic makes it a plain one. */
  private boolean silentlyWrong(byte[] expected) {
    try {
      StoredObject known = store().stat(KEY).orElseThrow();
      byte[] bytes = read(KEY, 0, Long.MAX_VALUE);
      boolean passesForPlain = !known.sha256().equals(Sha256.of(expected));
      return !passesForPlain && !Arrays.equals(bytes, expected);
    } catch (IOException | StoreException found) {
      return false;
    }
  }
}
