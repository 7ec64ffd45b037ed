package heyi.server.boot;

import heyi.recording.Sha256;
import heyi.recording.seal.EvidencePublicKey;
import heyi.recording.seal.SealException;
import heyi.recording.seal.TimeStamp;
import heyi.recording.verify.EvidenceVerifier;
import heyi.recording.verify.ReportLanguage;
import heyi.recording.verify.ReportText;
import heyi.recording.verify.VerificationReport;
import heyi.recording.verify.VerificationTrust;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(names = "--lang", paramLabel = "zh|en", description = "Language of the report.")
  private String language = "en";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "The evidence key to accept: its id (64 hexadecimal digits) or a PEM file. Can be given"
              + " several times.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--log-key",
      paramLabel = "NAME+ID+KEY",
      description =
          "Verifier key (signed-note) of a transparency log or a witness to accept. Can be given"
              + " several times.")
  private List<String> noteKeys = new ArrayList<>();

  @Option(
      names = "--tsa",
      paramLabel = "FILE.pem",
      description = "Root certificates of time stamp authorities to rest on.")
  private List<Path> authorities = new ArrayList<>();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  VerifyCommand() {}

  @Override
  public Integer call() {
    if (!Files.isReadable(file)) {
      throw new StartException("The file " + file + " cannot be read.", null);
    }
    PrintWriter out = spec.commandLine().getOut();
    VerificationReport report = EvidenceVerifier.verify(file, trust());
    print(report, chosen(), out);
    return report.intact() ? 0 : 1;
  }

  static void print(VerificationReport report, ReportLanguage language, PrintWriter out) {
    ReportText.lines(report, language).forEach(out::println);
    out.flush();
  }

  private ReportLanguage chosen() {
    return switch (language.toLowerCase(Locale.ROOT)) {
      case "zh" -> ReportLanguage.ZH;
      case "en" -> ReportLanguage.EN;
      default -> throw new StartException("--lang must be zh or en, not " + language + ".", null);
    };
  }

  private VerificationTrust trust() {
    Set<Sha256> ids = new HashSet<>();
    keys.forEach(key -> ids.add(keyId(key)));
    List<X509Certificate> roots = new ArrayList<>();
    for (Path path : authorities) {
      try {
        roots.addAll(TimeStamp.certificates(Files.readString(path)));
      } catch (IOException | SealException e) {
        throw new StartException("The file " + path + " holds no certificates.", e);
      }
    }
    return new VerificationTrust(ids, Set.copyOf(noteKeys), roots);
  }

  private static Sha256 keyId(String key) {
    try {
      return key.matches("[0-9a-f]{64}")
          ? new Sha256(key)
          : EvidencePublicKey.ofPem(Files.readString(Path.of(key))).id();
    } catch (IOException | SealException e) {
      throw new StartException("--key " + key + " is neither a key id nor a file with a key.", e);
    }
  }
}
