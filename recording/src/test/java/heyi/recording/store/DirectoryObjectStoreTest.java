package heyi.recording.store;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.ObjectKey;
import heyi.recording.retention.Orders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory keeps the contract, and survives a kill between its two files. */
final class DirectoryObjectStoreTest extends ObjectStoreContract {
  @TempDir private Path root;

  @Override
  ObjectStore store() {
    return new DirectoryObjectStore(root);
  }

  @Test
  void factsLostByAKillAreFoundAgain() throws IOException {
    ObjectKey key = new ObjectKey("recordings/rec-1/ledger.jsonl");
    ObjectContent content =
        ObjectContent.ofBytes("facts".getBytes(StandardCharsets.UTF_8), "text/plain");
    StoredObject stored = store().put(key, content);
    Files.delete(root.resolve("facts").resolve(key.value()));

    assertThat(store().stat(key).orElseThrow().sha256()).isEqualTo(stored.sha256());
    store().put(key, content);
    assertThat(store().stat(key)).contains(stored);
  }

  @Test
  void nothingIsLeftInIncoming() throws IOException {
    store()
        .put(
            new ObjectKey("a/b"),
            ObjectContent.ofBytes("x".getBytes(StandardCharsets.UTF_8), "text/plain"));

    assertThat(root.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void nobodyMayWriteToAnObjectNotEvenItsOwner() throws IOException {
    ObjectKey key = new ObjectKey("recordings/rec-1/ledger.jsonl");
    store().put(key, ObjectContent.ofBytes(new byte[3], "text/plain"));

    for (String below : List.of("objects", "facts")) {
      assertThat(Files.getPosixFilePermissions(root.resolve(below).resolve(key.value())))
          .containsExactly(PosixFilePermission.OWNER_READ);
    }
  }

  @Test
  void theKeyWithinAnObjectIsOverwrittenBeforeTheObjectIsRemoved() throws IOException {
    ObjectKey key = new ObjectKey("recordings/rec-1/ledger.jsonl");
    byte[] content = "a wrapped key, and more".repeat(100).getBytes(StandardCharsets.UTF_8);
    store().put(key, ObjectContent.ofBytes(content, "text/plain"));
    Path blocks = root.resolve("blocks"); // what a search of the disk would find
    Files.createLink(blocks, root.resolve("objects").resolve(key.value()));

    store().dispose(key, Orders.permit(new ObjectKey("recordings/rec-1")));

    byte[] found = Files.readAllBytes(blocks);
    assertThat(Arrays.copyOf(found, 512)).containsOnly(0);
    assertThat(root.resolve("facts").resolve(key.value())).doesNotExist();
  }
}
