package heyi.server.boot;

import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.ReportLanguage;
import heyi.recording.verify.VerificationReport;
import heyi.server.demo.MediationPlay;
import heyi.server.demo.PlayFailedException;
import heyi.server.signing.SignatureReport;
import heyi.server.signing.SignatureVerifier;
import heyi.server.signing.SigningAuthority;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays a whole mediation with scripted participants and verifies its evidence. */
@Command(
    name = "demo",
    description = "Plays a whole mediation with scripted participants and verifies its evidence.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of the joint talk (10).",
      defaultValue = "10")
  private int seconds;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    Quiet.run();
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("heyi-demo-");
    Path data = folder.resolve("data");
    out.println("Starting a server on " + data);
    out.flush();
    Clock clock = Clock.systemUTC();
    Heyi heyi =
        Waiting.on(
            Heyi.start(
                throwAway(data),
                clock,
                new SecureRandom(),
                line -> {
                  out.println("  ✓ " + line);
                  out.flush();
                }));
    try {
      MediationPlay.Outcome outcome = play(heyi, folder, clock, out);
      return judge(outcome, data, clock, out) ? 0 : 1;
    } catch (PlayFailedException e) {
      out.println("FAILED: " + e.getMessage());
      out.flush();
      return 1;
    } finally {
      Waiting.on(heyi.stop());
      Folders.delete(data);
    }
  }

  static HeyiConfig throwAway(Path data) {
    return HeyiConfig.parse("", Map.of()).with(0, 0, data).withUdpPort(0);
  }

  private MediationPlay.Outcome play(Heyi heyi, Path folder, Clock clock, PrintWriter out)
      throws Exception {
    DemoLinks links = Objects.requireNonNull(heyi.demoLinks());
    Vertx vertx = Vertx.vertx();
    try {
      MediationPlay.Stage stage =
          new MediationPlay.Stage(
              "127.0.0.1",
              heyi.port(),
              links.mediator().password().reveal(),
              links.auditor().password().reveal(),
              Duration.ofSeconds(seconds),
              folder,
              clock,
              RandomGenerator.getDefault());
      return new MediationPlay(vertx, stage, out).play();
    } finally {
      Waiting.on(vertx.close());
    }
  }

  private static boolean judge(
      MediationPlay.Outcome outcome, Path data, Clock clock, PrintWriter out) throws IOException {
    SigningAuthority authority =
        SigningAuthority.open(data.resolve("signing/keys.p12"), clock, new SecureRandom());
    SignatureReport signatures =
        new SignatureVerifier(authority, clock)
            .verify(Files.readAllBytes(outcome.signedAgreement()));
    out.println();
    for (SignatureReport.Entry signature : signatures.signatures()) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %s %s, %s, %s",
              signature.valid() ? "✓" : "✗ " + signature.problem(),
              signature.signedBy(),
              signature.format(),
              signature.signedAt()));
    }
    VerificationReport evidence = EvidenceVerifier.verify(outcome.evidencePackage());
    out.println();
    VerifyCommand.print(evidence, ReportLanguage.EN, out);
    boolean same = evidence.rootHash().equals(outcome.rootHash());
    boolean good = signatures.isValid() && evidence.intact() && same;
    out.println();
    out.println("Signed agreement   " + outcome.signedAgreement());
    out.println("Evidence package   " + outcome.evidencePackage());
    out.println(
        good
            ? "DEMO PASSED: signatures valid, evidence intact, digest as shown in the room."
            : String.format(
                Locale.ROOT,
                "DEMO FAILED: signatures %s, evidence %s, digest %s.",
                signatures.isValid() ? "valid" : "not valid",
                evidence.intact() ? "intact" : "not intact",
                same ? "as shown" : "not as shown"));
    out.flush();
    return good;
  }
}
