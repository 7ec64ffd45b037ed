package heyi.recording.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import heyi.recording.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger is chained, canonical, and survives a kill at any byte. */
final class LedgerTest {
  private static final Instant AT = Instant.parse("2026-11-21T01:00:00Z");

  @TempDir private Path directory;

  @Test
  void entriesNameTheHashOfTheOneBefore() throws IOException {
    try (Ledger ledger = Ledger.open(file())) {
      LedgerEntry first = append(ledger, 0);
      LedgerEntry second = append(ledger, 1);

      assertThat(first.previous()).isEqualTo(Sha256.NONE);
      assertThat(second.previous()).isEqualTo(first.hash());
      assertThat(second.sequence()).isEqualTo(1);
      assertThat(ledger.entries()).containsExactly(first, second);
    }
  }

  @Test
  void linesAreCanonical() throws IOException {
    try (Ledger ledger = Ledger.open(file())) {
      ledger.append(
          AT,
          Duration.ofMillis(1500),
          new LedgerEvent("phase-changed", CanonicalJson.object().put("to", "OPENING")));
    }

    assertThat(Files.readString(file()))
        .isEqualTo(
            String.format(
                Locale.ROOT,
                """
            {"at":"2026-11-21T01:00:00Z","offsetMillis":1500,"payload":{"to":"OPENING"},\
            "previous":"%s","sequence":0,"type":"phase-changed"}
            """,
                Sha256.NONE));
  }

  @Test
  void aLedgerTornAnywhereInItsLastLineGoesOn() throws IOException {
    byte[] whole = threeEntries();
    int lastLine =
        new String(whole, StandardCharsets.UTF_8).lastIndexOf('\n', whole.length - 2) + 1;
    for (int cut = lastLine; cut < whole.length; cut += 17) {
      Files.write(file(), Arrays.copyOf(whole, cut));

      try (Ledger ledger = Ledger.open(file())) {
        assertThat(ledger.size()).as("cut at %d", cut).isEqualTo(2);
        append(ledger, 2);
        assertThat(Files.readAllBytes(file())).isEqualTo(whole);
      }
    }
  }

  @Test
  void aLedgerChangedAnywhereIsFound() throws IOException {
    byte[] whole = threeEntries();
    Sha256 root = LedgerReader.read(whole).root();
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;

      LedgerReader.Content content = LedgerReader.read(changed);

      boolean unnoticed = content.whole() && content.root().equals(root);
      assertThat(unnoticed).as("flip at %d", at).isFalse();
    }
  }

  @Test
  void damageBeforeTheLastLineIsNotRepaired() throws IOException {
    byte[] changed = threeEntries();
    changed[20] ^= 1;
    Files.write(file(), changed);

    assertThatThrownBy(() -> Ledger.open(file())).isInstanceOf(LedgerDamage.class);
    assertThat(Files.readAllBytes(file())).isEqualTo(changed);
  }

  @Test
  void aDocumentIsNotAFact() throws IOException {
    try (Ledger ledger = Ledger.open(file())) {
      LedgerEvent tooLong =
          new LedgerEvent(
              "note", CanonicalJson.object().put("text", "x".repeat(Ledger.MAX_LINE_BYTES)));

      assertThatThrownBy(() -> ledger.append(AT, Duration.ZERO, tooLong))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(ledger.size()).isZero();
    }
  }

  private byte[] threeEntries() throws IOException {
    Files.deleteIfExists(file());
    try (Ledger ledger = Ledger.open(file())) {
      append(ledger, 0);
      append(ledger, 1);
      append(ledger, 2);
    }
    return Files.readAllBytes(file());
  }

  private static LedgerEntry append(Ledger ledger, int number) throws IOException {
    LedgerEvent event =
        new LedgerEvent("seat-joined", CanonicalJson.object().put("seatId", "seat-" + number));
    return ledger.append(AT.plusSeconds(number), Duration.ofSeconds(number), event);
  }

  private Path file() {
    return directory.resolve("ledger.jsonl");
  }
}
