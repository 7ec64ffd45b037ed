package heyi.recording.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.ledger.MerkleTree;
import heyi.recording.seal.EvidenceKey;
import heyi.recording.seal.SignatureScheme;
import heyi.recording.store.DirectoryObjectStore;
import heyi.recording.store.ForwardingStore;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import heyi.recording.store.StoredObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log only grows, survives what dies under it, and what is taken out of it shows. */
@Timeout(120)
final class TransparencyLogTest {
  private static final int MANY = 530;

  @TempDir private Path directory;
  private ObjectStore store = new DirectoryObjectStore(Path.of("unused"));
  private final EvidenceKey key = EvidenceKey.fresh(SignatureScheme.ED25519, new SecureRandom());

  @BeforeEach
  void makeStore() {
    store = new DirectoryObjectStore(directory.resolve("store"));
  }

  @Test
  void everyEntryIsProvenInEveryLaterTree() throws IOException {
    List<Checkpoint> checkpoints = new ArrayList<>();
    try (TransparencyLog log = open("log")) {
      for (int i = 0; i < 40; i++) {
        assertThat(log.append(entry(i))).isEqualTo(i);
        checkpoints.add(log.checkpoint());
      }
      for (Checkpoint checkpoint : checkpoints) {
        for (int i = 0; i < checkpoint.size(); i++) {
          LogProof proof = LogProof.read(log.prove(i, checkpoint).text());
          proof.check(entry(i), log.name());
          byte[] other = entry(i + 1);
          assertThatThrownBy(() -> proof.check(other, log.name())).isInstanceOf(LogException.class);
        }
      }
      for (Checkpoint before : checkpoints) {
        for (Checkpoint after : checkpoints.subList((int) before.size() - 1, 40)) {
          List<Sha256> proof = log.consistency(before.size(), after.size());
          assertThat(extending(before, after, proof)).isTrue();
          if (!proof.isEmpty()) {
            assertThat(extending(before, after, proof.subList(1, proof.size()))).isFalse();
          }
        }
      }
    }
  }

  @Test
  void theRootIsThatOfRfc9162AndTilesHoldTheHashes() throws IOException {
    List<byte[]> entries = new ArrayList<>();
    try (TransparencyLog log = open("log")) {
      for (int i = 0; i < MANY; i++) {
        entries.add(entry(i));
        log.append(entry(i));
      }
      assertThat(log.checkpoint().root()).isEqualTo(MerkleTree.rootOf(entries));
      assertThat(log.tile("tile/0/000").orElseThrow()).hasSize(256 * 32);
      assertThat(log.tile("tile/0/002.p/" + (MANY - 512)).orElseThrow())
          .hasSize((MANY - 512) * 32)
          .startsWith(MerkleTree.leafHash(entry(512)).bytes());
      assertThat(log.tile("tile/1/000.p/2").orElseThrow())
          .startsWith(MerkleTree.rootOf(entries.subList(0, 256)).bytes());
      assertThat(log.tile("tile/0/003")).isEmpty();
      assertThat(log.entries(250, MANY))
          .usingRecursiveFieldByFieldElementComparator()
          .isEqualTo(entries.subList(250, MANY));
    }
  }

  @Test
  void appendingAgainGivesTheSameNumberAndGrowsNothing() throws IOException {
    try (TransparencyLog log = open("log")) {
      for (int i = 0; i < 300; i++) {
        log.append(entry(i));
      }
      Checkpoint before = log.checkpoint();

      assertThat(log.append(entry(0))).isZero();
      assertThat(log.append(entry(255))).isEqualTo(255);
      assertThat(log.append(entry(299))).isEqualTo(299);
      assertThat(log.checkpoint()).isEqualTo(before);
    }
  }

  @Test
  void aKillAnywhereInAnAppendIsHealedByTheNextStart() throws IOException {
    SplittableRandom random = new SplittableRandom(9162);
    int appended = 0;
    for (int round = 0; round < 60; round++) {
      DyingStore dying = new DyingStore(store, random.nextInt(12));
      try (TransparencyLog log =
          TransparencyLog.open(dying, directory.resolve("log"), key, "kill.example/log")) {
        for (int i = 0; i < 8; i++) {
          log.append(entry(appended));
          appended++;
        }
      } catch (StoreException expected) {
        tearTail(random.nextInt(3));
      }
    }

    try (TransparencyLog log =
        TransparencyLog.open(store, directory.resolve("log"), key, "kill.example/log")) {
      log.append(entry(appended));
      List<byte[]> expected = new ArrayList<>();
      for (int i = 0; i <= appended; i++) {
        expected.add(entry(i));
      }
      assertThat(log.checkpoint().size()).isEqualTo(appended + 1);
      assertThat(log.checkpoint().root()).isEqualTo(MerkleTree.rootOf(expected));
      assertThat(appended).isGreaterThan(60);
    }
  }

  @Test
  void aLostDiskIsRestoredFromTheStore() throws IOException {
    Checkpoint before = grown(300);

    try (TransparencyLog log = open("another-disk")) {
      assertThat(log.checkpoint()).isEqualTo(before);
      assertThat(log.append(entry(300))).isEqualTo(300);
      log.prove(3, log.checkpoint()).check(entry(3), log.name());
    }
  }

  @Test
  void aHistoryWithoutOneEntryIsRefusedByTheStoreAndByAWitness() throws IOException {
    try (TransparencyLog log = open("log");
        TestWitness witness = new TestWitness(log.name())) {
      for (int i = 0; i < 5; i++) {
        log.append(entry(i));
      }
      new Witness(witness.prefix(), witness.key(), Duration.ofSeconds(5)).cosign(log);
      assertThat(log.cosignedCheckpoint(List.of(witness.key())).cosignedBy(witness.key()))
          .contains(TestWitness.NOW);

      try (TransparencyLog forged = forged()) {
        Witness asked = new Witness(witness.prefix(), witness.key(), Duration.ofSeconds(5));
        assertThatThrownBy(() -> asked.cosign(forged)).hasMessageContaining("422");
        assertThat(forged.cosignedCheckpoint(List.of(witness.key())).cosignedBy(witness.key()))
            .isEmpty();
      }
      assertThatThrownBy(() -> open("forged")).hasMessageContaining("the store holds the root");
    }
  }

  @Test
  void aWitnessSeesTheLogGrowAndTellsAForgetfulLogWhereHeStands() throws IOException {
    try (TransparencyLog log = open("log");
        TestWitness witness = new TestWitness(log.name())) {
      log.append(entry(0));
      new Witness(witness.prefix(), witness.key(), Duration.ofSeconds(5)).cosign(log);
      for (int i = 1; i < 7; i++) {
        log.append(entry(i));
      }

      new Witness(witness.prefix(), witness.key(), Duration.ofSeconds(5)).cosign(log);

      Checkpoint cosigned = log.cosignedCheckpoint(List.of(witness.key()));
      assertThat(cosigned.size()).isEqualTo(7);
      assertThat(cosigned.cosignedBy(witness.key())).contains(TestWitness.NOW);
      LogProof proof = LogProof.read(log.prove(2, cosigned).text());
      proof.check(entry(2), log.name());
      assertThat(proof.checkpoint().cosignedBy(witness.key())).contains(TestWitness.NOW);
    }
  }

  @Test
  void keysHaveOneSpelling() {
    NoteKey log = new NoteKey("example.com/log", NoteKey.Kind.LOG, key.publicKey());

    assertThat(NoteKey.ofVerifierKey(log.verifierKey()).verifierKey()).isEqualTo(log.verifierKey());
    assertThatThrownBy(() -> NoteKey.ofVerifierKey(log.verifierKey().replace("com", "org")))
        .isInstanceOf(LogException.class);
  }

  @Test
  void noSpellingOfAProofButTheOneIsRead() throws IOException {
    grown(5);
    try (TransparencyLog log = open("log")) {
      String text = log.prove(2, log.checkpoint()).text();
      SplittableRandom random = new SplittableRandom(7);
      for (int i = 0; i < 500; i++) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
        String changed = new String(bytes, StandardCharsets.UTF_8);

        assertThatThrownBy(() -> LogProof.read(changed).check(entry(2), log.name()))
            .as(changed)
            .isInstanceOf(LogException.class);
      }
    }
  }

  private TransparencyLog open(String disk) throws IOException {
    return TransparencyLog.open(store, directory.resolve(disk), key, "test.example/log");
  }

  private Checkpoint grown(int entries) throws IOException {
    try (TransparencyLog log = open("log")) {
      for (int i = 0; i < entries; i++) {
        log.append(entry(i));
      }
      return log.checkpoint();
    }
  }

  /** Same key, same name, the third entry left out, one more at the end; in a store of its own. */
  private TransparencyLog forged() throws IOException {
    ObjectStore elsewhere = new DirectoryObjectStore(directory.resolve("forged-store"));
    TransparencyLog log =
        TransparencyLog.open(elsewhere, directory.resolve("forged"), key, "test.example/log");
    for (int i : new int[] {0, 1, 3, 4, 5, 6}) {
      log.append(entry(i));
    }
    return log;
  }

  private void tearTail(int bytes) throws IOException {
    Path file = directory.resolve("log/entries.log");
    if (bytes > 0 && Files.size(file) > 0) {
      try (RandomAccessFile torn = new RandomAccessFile(file.toFile(), "rw")) {
        torn.seek(torn.length());
        torn.write(new byte[bytes]);
      }
    }
  }

  private static boolean extending(Checkpoint before, Checkpoint after, List<Sha256> proof) {
    return TreeProofs.extendsTree(before.size(), before.root(), after.size(), after.root(), proof);
  }

  private static byte[] entry(int number) {
    return ("entry " + number).getBytes(StandardCharsets.UTF_8);
  }

  /** Dies after so many puts, as a process does. */
  private static final class DyingStore extends ForwardingStore {
    private int left;

    DyingStore(ObjectStore below, int puts) {
      super(below);
      this.left = puts;
    }

    @Override
    public StoredObject put(ObjectKey object, ObjectContent content) {
      if (left == 0) {
        throw new StoreException("killed");
      }
      left--;
      return super.put(object, content);
    }
  }
}
