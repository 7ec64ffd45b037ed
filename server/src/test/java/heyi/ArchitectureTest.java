package heyi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import heyi.recording.retention.DisposalOrder;
import heyi.recording.retention.DisposalPermit;
import heyi.recording.retention.Retention;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.RemoveObjectsArgs;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the arrows that docs/architecture.md draws. */
@DisplayName("Architecture")
final class ArchitectureTest {
  private static JavaClasses heyi;

  @BeforeAll
  static void readClasses() {
    heyi =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("heyi");
  }

  @Test
  void mediaUsesNothingOfOurs() {
    onlyUses("heyi.media..");
  }

  @Test
  void signalingUsesMediaOnly() {
    onlyUses("heyi.signaling..", "heyi.media..");
  }

  @Test
  void recordingUsesMediaOnly() {
    onlyUses("heyi.recording..", "heyi.media..");
  }

  @ParameterizedTest
  @ValueSource(strings = {"media", "signaling", "recording", "server"})
  void featurePackagesOfAModuleFormNoCycle(String module) {
    slices().matching("heyi." + module + ".(*)..").should().beFreeOfCycles().check(heyi);
  }

  @Test
  void noFeatureOfTheServerUsesTheCompositionRoot() {
    noClasses()
        .that(resideInAPackage("heyi.server..").and(resideOutsideOfPackages("heyi.server.boot..")))
        .should()
        .dependOnClassesThat(resideInAPackage("heyi.server.boot.."))
        .check(heyi);
  }

  @Test
  void theRoomDecidesWithoutInputOrOutput() {
    noClasses()
        .that(resideInAPackage("heyi.signaling.room.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.vertx..", "java.io..", "java.nio..", "java.net..", "java.util.concurrent.."))
        .check(heyi);
  }

  @Test
  void theOfflineVerifierNeedsNoServer() {
    noClasses()
        .that(resideInAPackage("heyi.recording.verify.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.vertx..", "java.net.http..", "java.sql.."))
        .check(heyi);
  }

  @Test
  void onlyTheCompositionRootEndsTheProcessOrReadsTheEnvironment() {
    noClasses()
        .that(resideOutsideOfPackages("heyi.server.boot.."))
        .and()
        .doNotHaveFullyQualifiedName("heyi.recording.mux.MuxMain")
        .and()
        .doNotHaveFullyQualifiedName("heyi.recording.composite.CompositeMain")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(heyi);
  }

  /** What each of these removes is no evidence, or is stored already, or came with a permit. */
  private static final Set<String> REMOVERS =
      Set.of(
          "heyi.recording.store.DirectoryObjectStore", // asks for a permit; its own unfinished
          // files
          "heyi.recording.chunk.Spool", // after the seal, or when nothing was recorded
          "heyi.recording.chunk.ChunkRecovery", // a chunk without one whole record
          "heyi.recording.packaging.PackageWriter", // an unfinished package
          "heyi.recording.mux.MuxProcess", // what the worker said the last time
          "heyi.recording.composite.WorkDirectory", // parts of a film
          "heyi.recording.sealing.PendingSeals", // a reminder
          "heyi.recording.seal.OwnerOnlyFile", // an unfinished key file
          "heyi.server.replay.PackageFiles", // packages, which can be made again
          "heyi.server.export.FilmMaker", // films in the making
          "heyi.server.signing.SigningAuthority",
          "heyi.server.http.SelfMadeCertificate",
          "heyi.server.boot.DemoData",
          "heyi.server.boot.Folders"); // of demonstration

  /** Benchmarks remove what they made themselves. */
  private static final String BENCHMARKS = "heyi.server.bench.";

  @Test
  @DisplayName("法释〔2017〕5号 art. 15: nothing else removes a file")
  void whoRemovesFilesIsKnown() {
    noClasses()
        .that(DescribedPredicate.describe("are not known", one -> !mayRemove(one)))
        .should()
        .callMethod(Files.class, "delete", Path.class)
        .orShould()
        .callMethod(Files.class, "deleteIfExists", Path.class)
        .orShould()
        .callMethod(File.class, "delete")
        .check(heyi);
  }

  private static boolean mayRemove(JavaClass one) {
    return REMOVERS.contains(one.getName()) || one.getName().startsWith(BENCHMARKS);
  }

  @Test
  @DisplayName("法释〔2017〕5号 art. 15: one class permits the removal of evidence, one asks S3 for it")
  void evidenceLeavesByOneDoor() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Retention.class.getName())
        .should()
        .callConstructor(DisposalPermit.class, DisposalOrder.class, Instant.class)
        .check(heyi);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("heyi.recording.store.BucketLock")
        .should()
        .callMethod(MinioClient.class, "removeObject", RemoveObjectArgs.class)
        .orShould()
        .callMethod(MinioClient.class, "removeObjects", RemoveObjectsArgs.class)
        .check(heyi);
  }

  private static void onlyUses(String module, String... others) {
    String[] ours = new String[others.length + 1];
    ours[0] = module;
    System.arraycopy(others, 0, ours, 1, others.length);
    noClasses()
        .that(resideInAPackage(module))
        .should()
        .dependOnClassesThat(resideInAPackage("heyi..").and(resideOutsideOfPackages(ours)))
        .check(heyi);
  }
}
