package heyi.recording.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.encryption.EncryptedObjectStore;
import heyi.recording.encryption.MasterKeyFile;
import heyi.recording.ledger.LedgerEvent;
import heyi.recording.unsealing.Orders;
import heyi.recording.unsealing.SealedAccess;
import heyi.recording.unsealing.SealedCapability;
import heyi.recording.unsealing.UnsealingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed opens to an order of two people, for its recording and its time. */
@DisplayName("民事调解规定 art. 5: what was said in a caucus")
final class SealedStoreTest extends ObjectStoreContract {
  private static final ObjectKey ROOT = new ObjectKey("sealed/rec-1");
  private static final ObjectKey TRACK = ROOT.child("tracks").child("party-1-audio-1.webm");
  private static final ObjectKey OTHER = new ObjectKey("sealed/rec-10/tracks/party-1-audio-1.webm");
  private static final byte[] SECRET = "最低可以接受八万".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;
  private final List<LedgerEvent> accesses = new ArrayList<>();
  private Instant now = Orders.AGREED;

  @Override
  SealedStore store() throws IOException {
    Path master = directory.resolve("master");
    if (!master.toFile().exists()) {
      MasterKeyFile.create(master, new SecureRandom());
    }
    return new SealedStore(
        new EncryptedObjectStore(
            new DirectoryObjectStore(directory.resolve("store")),
            Set.of(new ObjectKey("recordings"), new ObjectKey("sealed")),
            MasterKeyFile.open(master, new SecureRandom()),
            new SecureRandom()),
        () -> now);
  }

  @BeforeEach
  void aCaucusIsRecorded() throws IOException {
    for (ObjectKey key : List.of(TRACK, OTHER, ROOT.child("manifest.json"))) {
      store().put(key, ObjectContent.ofBytes(SECRET, "audio/webm"));
    }
  }

  private SealedCapability capability(ObjectKey root) throws IOException {
    SealedAccess access =
        new SealedAccess(
            (_, event) -> accesses.add(event), () -> Orders.AGREED, Duration.ofDays(7));
    return ((SealedAccess.Outcome.Opened) access.open(Orders.of(root), "user-1")).capability();
  }

  @Test
  void withoutAnOrderItStaysClosed() throws IOException {
    SealedStore store = store();

    assertThatThrownBy(() -> store.read(TRACK)).isInstanceOf(UnsealingException.class);
    assertThatThrownBy(() -> store.read(TRACK, 0, 1)).isInstanceOf(UnsealingException.class);
  }

  @Test
  void itsHashesAreOpenSoThatItCanBeSignedAndCompared() throws IOException {
    SealedStore store = store();

    assertThat(store.digest(TRACK).sha256()).isEqualTo(Sha256.of(SECRET));
    assertThat(store.stat(TRACK).orElseThrow().sizeBytes()).isEqualTo(SECRET.length);
    assertThat(store.read(ROOT.child("manifest.json"))).hasBinaryContent(SECRET);
  }

  @Test
  void anOrderOpensItAndIsWrittenDownBefore() throws IOException {
    SealedStore store = store();

    ObjectStore opened = store.opened(capability(ROOT));

    assertThat(accesses).extracting(LedgerEvent::type).containsExactly(SealedAccess.OPENED);
    assertThat(opened.read(TRACK)).hasBinaryContent(SECRET);
    assertThatThrownBy(() -> store.read(TRACK))
        .as("the store")
        .isInstanceOf(UnsealingException.class);
  }

  @Test
  void anOrderForAnotherRecordingDoesNotOpenIt() throws IOException {
    ObjectStore opened = store().opened(capability(ROOT));

    assertThatThrownBy(() -> opened.read(OTHER)).isInstanceOf(UnsealingException.class);
  }

  @Test
  void anOrderEndsWithItsTimeEvenInTheMiddle() throws IOException {
    ObjectStore opened = store().opened(capability(ROOT));
    now = Orders.UNTIL.minusNanos(1);

    try (InputStream in = opened.read(TRACK)) {
      assertThat(in.readNBytes(3)).isEqualTo(Arrays.copyOf(SECRET, 3));
      now = Orders.UNTIL;
      assertThatThrownBy(() -> in.read()).isInstanceOf(UnsealingException.class);
    }
    assertThatThrownBy(() -> opened.read(TRACK)).isInstanceOf(UnsealingException.class);
  }

  @Test
  void anOrderIsForReadingOnly() throws IOException {
    ObjectStore opened = store().opened(capability(ROOT));
    ObjectContent forged = ObjectContent.ofBytes(new byte[1], "audio/webm");

    assertThatThrownBy(() -> opened.put(ROOT.child("tracks").child("forged.webm"), forged))
        .isInstanceOf(UnsealingException.class);
  }
}
