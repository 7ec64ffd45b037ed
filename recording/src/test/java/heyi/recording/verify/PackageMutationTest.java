package heyi.recording.verify;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.recording.sealing.TestSeals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of seeded changes to a whole package, container and all; none survives. The forger of
 * the second half also makes the list of hashes and the container right again: what he lacks is the
 * key.
 */
@Timeout(240)
final class PackageMutationTest {
  private static final int MUTATIONS = 3_000;
  private static final int FORGERIES = 1_000;
  private static final int LONGEST_RANGE = 64;

  /** Findings that were looked up, without their numbers and hashes. */
  private static final Set<String> SHAPES = ConcurrentHashMap.newKeySet();

  /** Findings that the table of {@link FindingWords} does not have. */
  private static final Set<String> WITHOUT_CHINESE = ConcurrentHashMap.newKeySet();

  @TempDir private static Path directory;
  private static byte[] whole = new byte[0];
  private static Map<String, byte[]> entries = Map.of();

  @BeforeAll
  static void makePackage() throws IOException {
    Path zip = SamplePackage.make(directory, store -> TestSeals.in(store, directory));
    whole = Files.readAllBytes(zip);
    entries = SamplePackage.entries(zip);
    assertThat(EvidenceVerifier.verify(zip).findings()).isEmpty();
    Files.write(Path.of("target", "sample.zip"), whole);
  }

  @Test
  void noChangeOfTheFileSurvives() {
    IntStream.range(0, MUTATIONS).parallel().forEach(PackageMutationTest::change);
  }

  @Test
  void noForgeryWithoutTheKeySurvives() {
    IntStream.range(0, FORGERIES).parallel().forEach(PackageMutationTest::forge);
  }

  private static void change(int number) {
    SplittableRandom random = new SplittableRandom(20_261_121L + number);
    Mutation mutation = Mutation.values()[number % Mutation.values().length];
    byte[] changed = mutation.apply(whole, random);
    if (!Arrays.equals(changed, whole)) {
      assertFound("changed-" + number, file -> Files.write(file, changed), mutation);
    }
  }

  private static void forge(int number) {
    SplittableRandom random = new SplittableRandom(20_261_122L + number);
    Map<String, byte[]> forged = new LinkedHashMap<>(entries);
    String what = forge(forged, random, number % 4);
    SamplePackage.listAgain(forged);
    if (!what.isEmpty()) {
      assertFound("forged-" + number, file -> SamplePackage.write(forged, file), what);
    }
  }

  @FunctionalInterface
  private interface Writing {
    Path to(Path file) throws IOException;
  }

  @AfterAll
  static void everyFindingIsToldInChinese() {
    assertThat(WITHOUT_CHINESE).isEmpty();
  }

  /** Changes entries; gives back what was done, or nothing when it came to nothing. */
  private static String forge(Map<String, byte[]> forged, SplittableRandom random, int kind) {
    List<String> names = new ArrayList<>(forged.keySet());
    names.removeIf(name -> name.equals("SHA256SUMS"));
    String name = names.get(random.nextInt(names.size()));
    switch (kind) {
      case 0 -> {
        byte[] before = forged.getOrDefault(name, new byte[0]);
        byte[] after =
            Mutation.values()[random.nextInt(Mutation.values().length)].apply(before, random);
        forged.put(name, after);
        return Arrays.equals(before, after) ? "" : "changed " + name;
      }
      case 1 -> {
        forged.remove(name);
        return "dropped " + name;
      }
      case 2 -> {
        forged.put("documents/" + random.nextInt() + ".pdf", new byte[] {1, 2, 3});
        return "added a document";
      }
      default -> {
        int at = 1 + random.nextInt(names.size() - 1);
        Collections.swap(names, at - 1, at);
        Map<String, byte[]> order = new LinkedHashMap<>();
        names.forEach(entry -> order.put(entry, forged.getOrDefault(entry, new byte[0])));
        forged.clear();
        forged.putAll(order);
        return "swapped " + names.get(at);
      }
    }
  }

  private static void assertFound(String name, Writing writing, Object what) {
    try {
      Path zip = writing.to(directory.resolve(name + ".zip"));
      VerificationReport report = EvidenceVerifier.verify(zip);
      Files.delete(zip);

      assertThat(report.findings()).as("%s: %s", name, what).isNotEmpty();
      assertThat(report.proven()).isEmpty();
      report.findings().stream()
          .map(Finding::message)
          .filter(message -> SHAPES.add(message.replaceAll("[0-9a-f]{8,}|\\d+", "#")))
          .filter(message -> FindingWords.known(message).isEmpty())
          .forEach(WITHOUT_CHINESE::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What may happen to bytes. */
  private enum Mutation {
    FLIP {
      @Override
      byte[] apply(byte[] bytes, SplittableRandom random) {
        byte[] changed = bytes.clone();
        changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return changed;
      }
    },
    DROP {
      @Override
      byte[] apply(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(LONGEST_RANGE));
        byte[] changed = new byte[bytes.length - (to - from)];
        System.arraycopy(bytes, 0, changed, 0, from);
        System.arraycopy(bytes, to, changed, from, bytes.length - to);
        return changed;
      }
    },
    ADD {
      @Override
      byte[] apply(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        byte[] more = new byte[1 + random.nextInt(LONGEST_RANGE)];
        random.nextBytes(more);
        byte[] changed = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(bytes, at, changed, at + more.length, bytes.length - at);
        System.arraycopy(more, 0, changed, at, more.length);
        return changed;
      }
    },
    SWAP {
      @Override
      byte[] apply(byte[] bytes, SplittableRandom random) {
        int length = 1 + random.nextInt(Math.min(LONGEST_RANGE, bytes.length / 2));
        int first = random.nextInt(bytes.length - 2 * length + 1);
        int second = first + length + random.nextInt(bytes.length - first - 2 * length + 1);
        byte[] changed = bytes.clone();
        System.arraycopy(bytes, first, changed, second, length);
        System.arraycopy(bytes, second, changed, first, length);
        return changed;
      }
    };

    abstract byte[] apply(byte[] bytes, SplittableRandom random);
  }
}
