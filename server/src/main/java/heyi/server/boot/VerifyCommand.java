package heyi.server.boot;

import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.VerificationReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an evidence package without any server. */
@Command(
    name = "verify",
    description = "Checks an evidence package offline; exit code 0 only when it is intact.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PACKAGE.zip", description = "The evidence package.")
  private Path file;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  VerifyCommand() {}

  @Override
  public Integer call() {
    if (!Files.isReadable(file)) {
      throw new StartException("The file " + file + " cannot be read.", null);
    }
    PrintWriter out = spec.commandLine().getOut();
    VerificationReport report = EvidenceVerifier.verify(file);
    print(report, out);
    return report.intact() ? 0 : 1;
  }

  static void print(VerificationReport report, PrintWriter out) {
    out.println("Recording  " + report.recordingId());
    out.println("Root hash  " + report.rootHash());
    out.println(
        String.format(
            Locale.ROOT,
            "Checked    %d objects, %,d bytes",
            report.objectsChecked(),
            report.bytesChecked()));
    report.proven().forEach(sentence -> out.println("  ✓ " + sentence));
    report.disclosed().forEach(sentence -> out.println("  ! " + sentence));
    report.findings().forEach(finding -> out.println("  ✗ " + finding));
    out.println(report.intact() ? "INTACT" : "NOT INTACT");
    out.flush();
  }
}
