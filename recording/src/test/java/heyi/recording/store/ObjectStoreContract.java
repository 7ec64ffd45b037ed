package heyi.recording.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.retention.Orders;
import heyi.recording.retention.RetentionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every object store promises. */
abstract class ObjectStoreContract {
  private static final ObjectKey KEY = new ObjectKey("recordings/rec-1/chunks/000000.journal");

  @TempDir private Path directory;

  /** A store that holds nothing below the keys of this test. */
  abstract ObjectStore store() throws IOException;

  @Test
  void whatIsPutIsRead() throws IOException {
    ObjectStore store = store();

    StoredObject stored = store.put(KEY, text("first"));

    assertThat(stored.sha256()).isEqualTo(Sha256.of(bytes("first")));
    assertThat(stored.sizeBytes()).isEqualTo(5);
    assertThat(store.stat(KEY)).contains(stored);
    assertThat(stored.contentType()).isEqualTo("text/plain");
    assertThat(readAll(store.read(KEY))).isEqualTo("first");
  }

  @Test
  void aRangeIsRead() throws IOException {
    ObjectStore store = store();
    store.put(KEY, text("0123456789"));

    assertThat(readAll(store.read(KEY, 2, 3))).isEqualTo("234");
    assertThat(readAll(store.read(KEY, 8, 100))).isEqualTo("89");
    assertThat(readAll(store.read(KEY, 10, 5))).isEmpty();
  }

  @Test
  void theSameContentMayBePutAgain() throws IOException {
    ObjectStore store = store();
    StoredObject first = store.put(KEY, text("same"));

    assertThat(store.put(KEY, text("same"))).isEqualTo(first);
  }

  @Test
  void otherContentIsRefusedAndChangesNothing() throws IOException {
    ObjectStore store = store();
    store.put(KEY, text("original"));

    assertThatThrownBy(() -> store.put(KEY, text("forged!!")))
        .isInstanceOf(StoreException.WriteOnceViolation.class)
        .hasMessageContaining(Sha256.of(bytes("forged!!")).hex());
    assertThat(readAll(store.read(KEY))).isEqualTo("original");
  }

  @Test
  void contentThatIsNotWhatItClaimsIsRefused() throws IOException {
    ObjectStore store = store();
    Path file = directory.resolve("changed");
    Files.writeString(file, "now");

    ObjectContent claimed = ObjectContent.ofFile(file, Sha256.of(bytes("was")), "text/plain");

    assertThatThrownBy(() -> store.put(KEY, claimed))
        .isInstanceOf(StoreException.ContentMismatch.class);
    assertThat(store.stat(KEY)).isEmpty();
  }

  @Test
  void contentWithoutAHashIsHashedAndReplacesNothing() throws IOException {
    ObjectStore store = store();

    StoredObject stored = store.put(KEY, unhashed("streamed", 8));

    assertThat(stored.sha256()).isEqualTo(Sha256.of(bytes("streamed")));
    assertThat(store.stat(KEY)).contains(stored);
    assertThatThrownBy(() -> store.put(KEY, unhashed("streamed", 8)))
        .isInstanceOf(StoreException.WriteOnceViolation.class);
    assertThat(readAll(store.read(KEY))).isEqualTo("streamed");
  }

  @Test
  void contentOfAnotherSizeIsRefused() throws IOException {
    ObjectStore store = store();

    assertThatThrownBy(() -> store.put(KEY, unhashed("shorter", 8)))
        .isInstanceOf(StoreException.class);
    assertThat(store.stat(KEY)).isEmpty();
  }

  @Test
  void whatIsDisposedOfIsGoneAndItsNeighbourIsNot() throws IOException {
    ObjectStore store = store();
    ObjectKey longer = new ObjectKey(KEY.value() + "2");
    store.put(KEY, text("due"));
    store.put(longer, text("kept"));

    store.dispose(KEY, Orders.permit(new ObjectKey("recordings/rec-1")));
    store.dispose(KEY, Orders.permit(new ObjectKey("recordings/rec-1")));

    assertThat(store.stat(KEY)).isEmpty();
    assertThat(store.list(new ObjectKey("recordings/rec-1"))).containsExactly(longer);
    assertThat(readAll(store.read(longer))).isEqualTo("kept");
  }

  @Test
  void aPermitForAnotherRecordingOpensNothing() throws IOException {
    ObjectStore store = store();
    store.put(KEY, text("kept"));

    assertThatThrownBy(() -> store.dispose(KEY, Orders.permit(new ObjectKey("recordings/rec-2"))))
        .isInstanceOf(RetentionException.class);
    assertThat(readAll(store.read(KEY))).isEqualTo("kept");
  }

  @Test
  void whatIsAbsentIsSaidToBeAbsent() throws IOException {
    ObjectStore store = store();
    ObjectKey absent = new ObjectKey("recordings/none/manifest.json");

    assertThat(store.stat(absent)).isEmpty();
    assertThatThrownBy(() -> store.read(absent)).isInstanceOf(StoreException.ObjectNotFound.class);
    assertThat(store.list(new ObjectKey("recordings/none"))).isEmpty();
  }

  @Test
  void keysBelowAPrefixAreListedInOrder() throws IOException {
    ObjectStore store = store();
    ObjectKey root = new ObjectKey("recordings/rec-2");
    store.put(root.child("b"), text("b"));
    store.put(root.child("a").child("z"), text("z"));
    store.put(new ObjectKey("recordings/rec-20").child("other"), text("o"));

    assertThat(store.list(root)).containsExactly(root.child("a").child("z"), root.child("b"));
  }

  @Test
  void aFileOfMegabytesIsKept() throws IOException {
    ObjectStore store = store();
    byte[] content = new byte[7 * 1024 * 1024 + 13];
    new SplittableRandom(4).nextBytes(content);
    Path file = Files.write(directory.resolve("big"), content);

    store.put(KEY, ObjectContent.ofFile(file, "application/octet-stream"));

    try (InputStream in = store.read(KEY)) {
      assertThat(Sha256.ofStream(in)).isEqualTo(Sha256.of(content));
    }
  }

  private static ObjectContent unhashed(String content, long claimedBytes) {
    return ObjectContent.unhashed(
        () -> new ByteArrayInputStream(bytes(content)), claimedBytes, "text/plain");
  }

  private static ObjectContent text(String text) {
    return ObjectContent.ofBytes(bytes(text), "text/plain");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String readAll(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
