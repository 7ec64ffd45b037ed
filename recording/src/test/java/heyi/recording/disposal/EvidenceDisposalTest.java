package heyi.recording.disposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.ObjectKey;
import heyi.recording.Sha256;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.packaging.LogEntries;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.StoreLayout;
import heyi.recording.retention.DisposalPermit;
import heyi.recording.retention.Orders;
import heyi.recording.sealing.EvidenceSeals;
import heyi.recording.sealing.TestSeals;
import heyi.recording.store.ForwardingStore;
import heyi.recording.store.ObjectContent;
import heyi.recording.store.ObjectStore;
import heyi.recording.store.StoreException;
import heyi.recording.store.StoredObject;
import heyi.recording.verify.SamplePackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording is disposed of, killed at every step, and what stays says so. */
@Timeout(60)
final class EvidenceDisposalTest {
  private static final ObjectKey ROOT = SamplePackage.root();
  private static final ObjectKey TOMBSTONE = StoreLayout.tombstone(ROOT);
  private static final ObjectKey FILM = StoreLayout.films(ROOT).child("film-1.mp4");
  private static final Instant NOW = Instant.parse("2056-11-23T08:00:00Z");

  @TempDir private Path directory;

  /** A sealed recording with a film, and what disposes of it. */
  private record Sealed(ObjectStore store, EvidenceSeals seals) {
    static Sealed in(Path directory) throws IOException {
      ObjectStore store = SamplePackage.store(directory);
      EvidenceSeals seals = TestSeals.in(store, directory);
      seals.seal(ROOT);
      store.put(FILM, ObjectContent.ofBytes(new byte[10], "video/mp4"));
      return new Sealed(store, seals);
    }

    EvidenceDisposal disposal() {
      return on(store);
    }

    EvidenceDisposal on(ObjectStore through) {
      return new EvidenceDisposal(through, seals, () -> NOW);
    }

    Manifest manifest() throws IOException {
      return Manifest.read(read(StoreLayout.manifest(ROOT)));
    }

    byte[] read(ObjectKey key) throws IOException {
      try (InputStream in = store.read(key)) {
        return in.readAllBytes();
      }
    }
  }

  @Test
  void whatWasRecordedIsGoneAndTheTombstoneSaysWhatItWas() throws IOException {
    Sealed sealed = Sealed.in(directory);
    Manifest manifest = sealed.manifest();
    DisposalPermit permit = Orders.permit(ROOT);

    Tombstone tombstone = sealed.disposal().dispose(permit).tombstone();

    assertThat(sealed.store().list(StoreLayout.chunks(ROOT))).isEmpty();
    assertThat(sealed.store().list(StoreLayout.tracks(ROOT))).isEmpty();
    assertThat(sealed.store().stat(StoreLayout.ledger(ROOT))).isEmpty();
    assertThat(sealed.store().stat(FILM)).isEmpty();
    assertThat(tombstone.rootHash()).isEqualTo(manifest.ledger().rootHash());
    assertThat(tombstone.removed().chunks()).isEqualTo(manifest.chunks().size()).isPositive();
    assertThat(tombstone.removed().tracks()).isOne();
    assertThat(tombstone.removed().films()).isOne();
    assertThat(tombstone.removed().bytes()).isGreaterThan(3000);
    assertThat(tombstone.order()).isEqualTo(permit.order());
    assertThat(tombstone.disposedAt()).isEqualTo(NOW);
    assertThat(sealed.disposal().check(ROOT)).isEmpty();
  }

  @Test
  void theTombstoneIsSignedLoggedAndReadBack() throws IOException {
    Sealed sealed = Sealed.in(directory);

    SignedTombstone signed = sealed.disposal().dispose(Orders.permit(ROOT));

    byte[] stored = sealed.read(TOMBSTONE);
    assertThat(SignedTombstone.read(stored).tombstone()).isEqualTo(signed.tombstone());
    assertThat(
            sealed
                .seals()
                .log()
                .prove(
                    LogEntries.disposed(
                        signed.tombstone().recording(),
                        signed.tombstone().rootHash(),
                        Sha256.of(stored))))
        .isPresent();
    assertThat(sealed.seals().lost()).as("the log still finds what it names").isEmpty();
    String changed = new String(stored, StandardCharsets.UTF_8).replace("届满", "未满");
    assertThatThrownBy(() -> SignedTombstone.read(changed.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(LedgerDamage.class);
  }

  @Test
  void theAccessLedgerNamesBothBeforeAnythingGoes() throws IOException {
    Sealed sealed = Sealed.in(directory);
    EvidenceDisposal dies = sealed.on(new DyingStore(sealed.store(), 1));

    assertThatThrownBy(() -> dies.dispose(Orders.permit(ROOT))).isInstanceOf(Killed.class);

    LedgerEntry last = sealed.seals().accesses(ROOT).getLast();
    assertThat(last.type()).isEqualTo(EvidenceDisposal.BEGUN);
    assertThat(last.payload().path("userId").asText()).isEqualTo("user-2");
    assertThat(last.payload().path("requestedBy").asText()).isEqualTo("user-1");
    assertThat(last.payload().path("reason").asText()).isEqualTo("保管期限届满");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void killedAfterAnyStepItIsFinishedByDoingItAgain(int steps) throws IOException {
    Sealed sealed = Sealed.in(directory);
    DisposalPermit permit = Orders.permit(ROOT);
    EvidenceDisposal dies = sealed.on(new DyingStore(sealed.store(), steps));
    assertThatThrownBy(() -> dies.dispose(permit)).isInstanceOf(Killed.class);
    assertThat(sealed.disposal().check(ROOT)).isNotEmpty();

    SignedTombstone signed = sealed.disposal().dispose(permit);
    SignedTombstone again = sealed.disposal().dispose(permit);

    assertThat(signed.tombstone().removed().films()).isOne();
    assertThat(again.tombstone()).isEqualTo(signed.tombstone());
    assertThat(sealed.disposal().check(ROOT)).isEmpty();
    assertThat(sealed.seals().accesses(ROOT).stream().map(LedgerEntry::type))
        .containsOnlyOnce(EvidenceDisposal.BEGUN);
  }

  @Test
  void anObjectThatTheStoreKeepsKeepsTheTombstoneAway() throws IOException {
    Sealed sealed = Sealed.in(directory);
    EvidenceDisposal locked = sealed.on(new KeepingStore(sealed.store(), StoreLayout.ledger(ROOT)));

    assertThatThrownBy(() -> locked.dispose(Orders.permit(ROOT)))
        .isInstanceOf(StoreException.Locked.class);

    assertThat(sealed.store().stat(TOMBSTONE)).isEmpty();
  }

  @Test
  void aRecordingThatOnlyVanishedIsNotTakenForOneThatWasDisposedOf() throws IOException {
    Sealed sealed = Sealed.in(directory);

    assertThat(sealed.disposal().check(ROOT)).singleElement().asString().contains("no tombstone");
    assertThat(sealed.disposal().tombstone(ROOT)).isEmpty();
  }

  @Test
  void theRecordingsOfASessionAreFoundByTheirNumbers() throws IOException {
    Sealed sealed = Sealed.in(directory);

    assertThat(sealed.disposal().ofSession("rec")).containsExactly(ROOT);
    assertThat(sealed.disposal().ofSession("re")).isEmpty();
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends the process after so many changes. */
  private static final class DyingStore extends ForwardingStore {
    private int left;

    DyingStore(ObjectStore store, int left) {
      super(store);
      this.left = left;
    }

    @Override
    public StoredObject put(ObjectKey key, ObjectContent content) {
      StoredObject stored = super.put(key, content);
      live();
      return stored;
    }

    @Override
    public void dispose(ObjectKey key, DisposalPermit permit) {
      super.dispose(key, permit);
      live();
    }

    private void live() {
      left--;
      if (left == 0) {
        throw new Killed();
      }
    }
  }

  /** Does not give one object up. */
  private static final class KeepingStore extends ForwardingStore {
    private final ObjectKey kept;

    KeepingStore(ObjectStore store, ObjectKey kept) {
      super(store);
      this.kept = kept;
    }

    @Override
    public void dispose(ObjectKey key, DisposalPermit permit) {
      if (key.equals(kept)) {
        throw new StoreException.Locked(key, new IOException("AccessDenied"));
      }
      super.dispose(key, permit);
    }
  }
}
