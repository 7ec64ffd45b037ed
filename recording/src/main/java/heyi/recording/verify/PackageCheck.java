package heyi.recording.verify;

import heyi.recording.Sha256;
import heyi.recording.access.AccessLedger;
import heyi.recording.chunk.SealedChunk;
import heyi.recording.ledger.LedgerDamage;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.ledger.LedgerReader;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.LogEntries;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.PackageLayout;
import heyi.recording.packaging.PackageReadme;
import heyi.recording.packaging.TranscriptText;
import heyi.recording.seal.EvidencePublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares everything in a package with everything that vouches for it. Each object has two
 * witnesses where that is possible, so that it can be told whether the object or a witness was
 * changed.
 */
final class PackageCheck {
  private final PackageContent content;
  private final SumsFile sums;
  private final LedgerReader.Content ledger;
  private final List<Finding> findings;
  private final VerificationTrust trust;
  private SealFacts seal = new SealFacts(null, null, null);
  private LogCheck.@Nullable Place place;
  private LedgerReader.Content accesses = LedgerReader.read(new byte[0]);
  private @Nullable Manifest manifest;

  PackageCheck(PackageContent content, VerificationTrust trust) {
    this.content = content;
    this.trust = trust;
    this.sums = SumsFile.parse(content.text(PackageLayout.SUMS));
    this.ledger = LedgerReader.read(content.text(PackageLayout.LEDGER));
    this.findings = new ArrayList<>(content.findings());
  }

  List<Finding> run() {
    checkLedgerAndManifest();
    SealCheck seals = new SealCheck(content, trust);
    seal = seals.run();
    findings.addAll(seals.findings());
    if (!sums.damage().isEmpty()) {
      report(PackageLayout.SUMS, Finding.Kind.ALTERED, sums.damage());
    }
    Manifest known = manifest;
    if (known == null) {
      report("package", Finding.Kind.UNREADABLE, "neither ledger nor manifest can be used");
      checkBySumsAlone();
      return findings;
    }
    LogCheck log = new LogCheck(content, trust);
    place = log.run(known);
    checkAccesses(known, log);
    findings.addAll(log.findings());
    checkReadme(known);
    for (SealedChunk chunk : known.chunks()) {
      checkObject(PackageLayout.chunk(chunk), chunk.sha256());
    }
    checkChunkChain(known);
    for (MadeTrack track : known.tracks()) {
      checkObject(PackageLayout.track(track), track.sha256());
    }
    checkTranscript();
    checkDocumentsAndSeal();
    checkPresence(expectedNames(known));
    return findings;
  }

  @Nullable Manifest manifest() {
    return manifest;
  }

  /** Where it stands in the transparency log; null when that is not shown. */
  LogCheck.@Nullable Place place() {
    return place;
  }

  /** Entries of the access ledger, empty when there is none. */
  LedgerReader.Content accesses() {
    return accesses;
  }

  SealFacts seal() {
    return seal;
  }

  LedgerReader.Content ledger() {
    return ledger;
  }

  /** The manifest is a function of the ledger, so each vouches for the other. */
  private void checkLedgerAndManifest() {
    byte[] manifestBytes = content.text(PackageLayout.MANIFEST);
    byte[] ledgerBytes = content.text(PackageLayout.LEDGER);
    Manifest written = null;
    Manifest derived = null;
    try {
      derived = Manifest.ofLedger(ledgerBytes);
    } catch (LedgerDamage e) {
      report(PackageLayout.LEDGER, Finding.Kind.ALTERED, String.valueOf(e.getMessage()));
    }
    try {
      written = Manifest.read(manifestBytes);
    } catch (LedgerDamage e) {
      report(PackageLayout.MANIFEST, Finding.Kind.ALTERED, String.valueOf(e.getMessage()));
    }
    boolean agree = derived != null && Arrays.equals(derived.write(), manifestBytes);
    if (derived != null && written != null && !agree) {
      blameLedgerOrManifest();
    }
    if (agree) {
      checkSum(PackageLayout.LEDGER);
      checkSum(PackageLayout.MANIFEST);
    }
    boolean believeLedger = derived != null && matchesSum(PackageLayout.LEDGER);
    manifest = believeLedger || written == null ? derived : written;
  }

  private void blameLedgerOrManifest() {
    boolean ledgerSums = matchesSum(PackageLayout.LEDGER);
    boolean manifestSums = matchesSum(PackageLayout.MANIFEST);
    if (!ledgerSums) {
      report(PackageLayout.LEDGER, Finding.Kind.ALTERED, "does not give the manifest");
    }
    if (!manifestSums) {
      report(PackageLayout.MANIFEST, Finding.Kind.ALTERED, "does not follow from the ledger");
    }
    if (ledgerSums && manifestSums) {
      report(PackageLayout.MANIFEST, Finding.Kind.CONTRADICTION, "not made from this ledger");
      report(PackageLayout.LEDGER, Finding.Kind.CONTRADICTION, "does not give this manifest");
    }
  }

  /** The access ledger is chained, begins at this manifest, and ends where the log says. */
  private void checkAccesses(Manifest known, LogCheck log) {
    if (!content.has(PackageLayout.ACCESS)) {
      return;
    }
    accesses = LedgerReader.read(content.text(PackageLayout.ACCESS));
    if (!accesses.whole() || accesses.entries().isEmpty()) {
      report(PackageLayout.ACCESS, Finding.Kind.ALTERED, "is no ledger: " + accesses.damage());
      return;
    }
    String manifestHash = Sha256.of(content.text(PackageLayout.MANIFEST)).hex();
    LedgerEntry first = accesses.entries().getFirst();
    boolean ofThis =
        first.type().equals(AccessLedger.OPENED)
            && first.payload().path("manifestSha256").asText().equals(manifestHash);
    if (!ofThis) {
      report(PackageLayout.ACCESS, Finding.Kind.CONTRADICTION, "is not of this recording");
    }
    if (content.has(PackageLayout.ACCESS_PROOF)) {
      log.check(LogEntries.accessHead(known.id(), accesses), PackageLayout.ACCESS_PROOF);
    }
  }

  /** Its text follows from the manifest and the seal. */
  private void checkReadme(Manifest known) {
    EvidencePublicKey key = seal.key();
    EvidencePublicKey exporter = seal.exporter();
    if (key == null || exporter == null) {
      checkBySum(PackageLayout.README);
      return;
    }
    Set<String> sealFiles = new HashSet<>(sealNames());
    byte[] text = PackageReadme.text(known, key.scheme(), exporter.scheme(), sealFiles);
    checkObject(PackageLayout.README, Sha256.of(text));
  }

  /** Its text follows from the ledger, and where the ledger has one it has to be there. */
  private void checkTranscript() {
    byte[] text = TranscriptText.of(ledger.entries());
    if (text != null) {
      checkObject(PackageLayout.TRANSCRIPT, Sha256.of(text));
    } else if (content.has(PackageLayout.TRANSCRIPT)) {
      report(
          PackageLayout.TRANSCRIPT, Finding.Kind.CONTRADICTION, "does not follow from the ledger");
    }
  }

  /** An object that the manifest or the ledger vouches for, besides SHA256SUMS. */
  private void checkObject(String name, Sha256 expected) {
    Sha256 actual = content.hashes().get(name);
    if (actual == null) {
      return; // reported as missing
    }
    if (!actual.equals(expected)) {
      report(name, Finding.Kind.ALTERED, "should be " + expected + " but is " + actual);
    } else {
      checkSum(name);
    }
  }

  /** The object is right; is its line in SHA256SUMS? */
  private void checkSum(String name) {
    Sha256 actual = content.hashes().get(name);
    Sha256 listed = sums.hashes().get(name);
    if (actual != null && !actual.equals(listed)) {
      report(
          PackageLayout.SUMS,
          Finding.Kind.ALTERED,
          "lists "
              + (listed == null ? "no hash" : listed.hex())
              + " for "
              + name
              + ", which is "
              + actual);
    }
  }

  private boolean matchesSum(String name) {
    Sha256 actual = content.hashes().get(name);
    return actual != null && actual.equals(sums.hashes().get(name));
  }

  /** These have one witness here, and the signature over it: either may have been changed. */
  private void checkDocumentsAndSeal() {
    for (String name : sums.hashes().keySet()) {
      boolean seal = name.startsWith(PackageLayout.SEAL) || name.equals(PackageLayout.VERIFIER);
      boolean document =
          name.startsWith(PackageLayout.DOCUMENTS) && !name.equals(PackageLayout.TRANSCRIPT);
      if (seal || document) {
        checkBySum(name);
      }
    }
  }

  private void checkBySum(String name) {
    Sha256 actual = content.hashes().get(name);
    Sha256 listed = sums.hashes().get(name);
    if (actual != null && !actual.equals(listed)) {
      String message = "should be " + listed + " but is " + actual;
      report(name, Finding.Kind.ALTERED, message);
      report(PackageLayout.SUMS, Finding.Kind.CONTRADICTION, name + " " + message);
    }
  }

  /** Names below seal/ that are listed, those that have to be, and the page that checks. */
  private List<String> sealNames() {
    Set<String> names = new TreeSet<>(Set.of(PackageLayout.KEY, PackageLayout.SIGNATURE));
    sums.hashes().keySet().stream()
        .filter(name -> name.startsWith(PackageLayout.SEAL) || name.equals(PackageLayout.VERIFIER))
        .forEach(names::add);
    return List.copyOf(names);
  }

  private void checkChunkChain(Manifest known) {
    Sha256 previous = Sha256.NONE;
    int number = 0;
    for (SealedChunk chunk : known.chunks()) {
      String name = PackageLayout.chunk(chunk);
      if (chunk.number() != number || !chunk.previous().equals(previous)) {
        report(name, Finding.Kind.CONTRADICTION, "the ledger does not chain it to the one before");
      }
      ChunkFacts facts = content.chunks().get(name);
      if (facts != null && !facts.damage().isEmpty()) {
        report(name, Finding.Kind.ALTERED, facts.damage());
      } else if (facts != null) {
        boolean fits =
            facts.recordingId().equals(known.id().value())
                && facts.number() == number
                && facts.previous().equals(previous.hex());
        if (!fits) {
          report(name, Finding.Kind.CONTRADICTION, "says it is another chunk: " + facts);
        }
      }
      previous = chunk.sha256();
      number++;
    }
  }

  private List<String> expectedNames(Manifest known) {
    List<String> names = new ArrayList<>();
    names.add(PackageLayout.README);
    names.add(PackageLayout.MANIFEST);
    names.add(PackageLayout.LEDGER);
    names.addAll(sealNames());
    known.chunks().forEach(chunk -> names.add(PackageLayout.chunk(chunk)));
    known.tracks().forEach(track -> names.add(PackageLayout.track(track)));
    names.addAll(documentNames());
    names.add(PackageLayout.SUMS);
    names.add(PackageLayout.SUMS_SIGNATURE);
    return names;
  }

  /** Those that are listed, and the transcript when the ledger has one. */
  private Set<String> documentNames() {
    Set<String> names = new TreeSet<>();
    sums.hashes().keySet().stream()
        .filter(name -> name.startsWith(PackageLayout.DOCUMENTS))
        .forEach(names::add);
    if (TranscriptText.of(ledger.entries()) != null) {
      names.add(PackageLayout.TRANSCRIPT);
    }
    return names;
  }

  private void checkPresence(List<String> expected) {
    Set<String> present = content.hashes().keySet();
    Set<String> expectedSet = new HashSet<>(expected);
    for (String name : expected) {
      if (!present.contains(name)) {
        report(name, Finding.Kind.MISSING, "is named and not there");
      }
    }
    for (String name : present) {
      if (!expectedSet.contains(name)) {
        report(name, Finding.Kind.UNKNOWN, "is there and named nowhere");
        report(PackageLayout.SUMS, Finding.Kind.CONTRADICTION, "does not list " + name);
      }
    }
    checkOrder(expected, expectedSet, present);
    List<String> listed = new ArrayList<>(expected);
    listed.removeAll(List.of(PackageLayout.SUMS, PackageLayout.SUMS_SIGNATURE));
    if (sums.damage().isEmpty() && !listed.equals(List.copyOf(sums.hashes().keySet()))) {
      report(PackageLayout.SUMS, Finding.Kind.ALTERED, "does not list the files in their order");
    }
  }

  private void checkOrder(List<String> expected, Set<String> expectedSet, Set<String> present) {
    List<String> inPlace = expected.stream().filter(present::contains).toList();
    List<String> found = present.stream().filter(expectedSet::contains).toList();
    for (int i = 0; i < Math.min(inPlace.size(), found.size()); i++) {
      if (!inPlace.get(i).equals(found.get(i))) {
        report(found.get(i), Finding.Kind.REORDERED, "stands where " + inPlace.get(i) + " belongs");
        return;
      }
    }
  }

  private void checkBySumsAlone() {
    for (Map.Entry<String, Sha256> actual : content.hashes().entrySet()) {
      Sha256 listed = sums.hashes().get(actual.getKey());
      boolean self = actual.getKey().startsWith(PackageLayout.SUMS);
      if (!self && !actual.getValue().equals(listed)) {
        report(actual.getKey(), Finding.Kind.ALTERED, "is not what SHA256SUMS lists");
      }
    }
  }

  private void report(String object, Finding.Kind kind, String message) {
    findings.add(new Finding(object, kind, message));
  }
}
