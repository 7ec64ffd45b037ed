package heyi;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
