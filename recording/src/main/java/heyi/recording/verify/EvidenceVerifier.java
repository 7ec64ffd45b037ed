package heyi.recording.verify;

import heyi.recording.journal.JournalMeta;
import heyi.recording.ledger.LedgerEntry;
import heyi.recording.mux.MadeTrack;
import heyi.recording.packaging.Manifest;
import heyi.recording.packaging.RecordingEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks evidence packages.
 *
 * <p>What it does not prove: who sat in front of the camera, what was never sent, and that the
 * whole package was not made anew; for that, compare the root with the one seen when the session
 * ended.
 */
public final class EvidenceVerifier {
  private EvidenceVerifier() {}

  /**
   * Checks everything that a package claims about itself.
   *
   * <p><b>Errors:</b> none for a bad package, however broken: it gets findings.
   *
   * @param zip the package
   */
  public static VerificationReport verify(Path zip) {
    PackageContent content = PackageContent.read(zip);
    PackageCheck check = new PackageCheck(content);
    List<Finding> findings = check.run();
    Manifest manifest = check.manifest();
    return new VerificationReport(
        manifest == null ? "" : manifest.id().value(),
        check.ledger().whole() ? check.ledger().root().hex() : "",
        content.hashes().size(),
        content.bytes(),
        findings.isEmpty() && manifest != null ? proven(content, manifest) : List.of(),
        manifest == null ? List.of() : disclosed(check.ledger().entries(), manifest),
        findings);
  }

  private static List<String> proven(PackageContent content, Manifest manifest) {
    long packets = content.chunks().values().stream().mapToLong(ChunkFacts::packets).sum();
    return List.of(
        String.format(
            Locale.ROOT,
            "%d chunks with %d packets are unchanged, in order and without a chunk missing",
            manifest.chunks().size(),
            packets),
        String.format(
            Locale.ROOT,
            "%d playable tracks are those that were made at the close of the session",
            manifest.tracks().size()),
        String.format(
            Locale.ROOT,
            "%d ledger entries are unchanged and in order, root %s",
            manifest.ledger().entries(),
            manifest.ledger().rootHash()),
        String.format(
            Locale.ROOT,
            "recorded from %s for %d ms by the clock of the server",
            manifest.start(),
            manifest.durationMillis()));
  }

  private static List<String> disclosed(List<LedgerEntry> entries, Manifest manifest) {
    List<String> sentences = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      boolean gap =
          entry.type().equals(RecordingEvents.INTERRUPTED)
              || entry.type().equals(RecordingEvents.GAP)
              || entry.type().equals(JournalMeta.JOURNAL_GAP)
              || entry.type().equals("source-silent")
              || entry.type().equals("recorder-disconnected");
      if (gap) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "%s at %d ms: %s",
                entry.type(),
                entry.offset().toMillis(),
                entry.payload()));
      }
    }
    for (MadeTrack track : manifest.tracks()) {
      for (MadeTrack.Gap gap : track.gaps()) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "%s has nothing to play from %d to %d ms",
                track.id(),
                gap.fromMillis(),
                gap.toMillis()));
      }
    }
    return sentences;
  }
}
