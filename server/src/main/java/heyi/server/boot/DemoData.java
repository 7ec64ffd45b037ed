package heyi.server.boot;

import heyi.server.casefile.CaseFile;
import heyi.server.casefile.CaseId;
import heyi.server.casefile.CaseStore;
import heyi.server.casefile.NewParty;
import heyi.server.casefile.PartyRole;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionState;
import heyi.server.casefile.SessionStore;
import heyi.server.identity.Accounts;
import heyi.server.identity.Role;
import heyi.server.identity.Secret;
import heyi.server.identity.Tokens;
import heyi.server.identity.UserId;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Demo users and one prepared case for an empty database, so that a newcomer can mediate at once.
 *
 * <p>The passwords are random. They are kept readable, for their owner only, in a file of mode
 * 0600, because {@code up} shows them at every start. All names and facts are invented. Blocks.
 */
public final class DemoData {
  private static final String MEDIATOR = "mediator";
  private static final String AUDITOR = "auditor";
  private static final String OPERATOR = "operator";
  private static final String CLERK = "clerk";
  private static final String CASE_KEY = "case";
  private static final String TITLE = "示例银行诉陈示例金融借款合同纠纷（演示）";

  private final Accounts accounts;
  private final CaseStore cases;
  private final SessionStore sessions;
  private final Tokens tokens;
  private final Path file;

  DemoData(Accounts accounts, CaseStore cases, SessionStore sessions, Tokens tokens, Path file) {
    this.accounts = accounts;
    this.cases = cases;
    this.sessions = sessions;
    this.tokens = tokens;
    this.file = file;
  }

  /** A sign-in to show. */
  public record Login(String user, Secret<String> password) {}

  /** What {@code up} shows: the sign-ins, and the prepared case with an open session. */
  record Prepared(
      Login mediator,
      Login auditor,
      Login operator,
      Login clerk,
      @Nullable CaseFile caseFile,
      @Nullable SessionId session) {}

  /** Seeds an empty database, and gives back what was seeded once; null when users are not ours. */
  @Nullable Prepared prepare() {
    if (accounts.isEmpty()) {
      seed();
    }
    if (!Files.exists(file)) {
      return null;
    }
    Properties kept = read();
    return new Prepared(
        new Login(MEDIATOR, Secret.of(kept.getProperty(MEDIATOR, ""))),
        new Login(AUDITOR, Secret.of(kept.getProperty(AUDITOR, ""))),
        new Login(OPERATOR, Secret.of(kept.getProperty(OPERATOR, ""))),
        new Login(CLERK, Secret.of(kept.getProperty(CLERK, ""))),
        caseFile(kept),
        openSession(kept));
  }

  private void seed() {
    String mediatorPassword = tokens.fresh().reveal().substring(0, 12);
    String auditorPassword = tokens.fresh().reveal().substring(0, 12);
    String operatorPassword = tokens.fresh().reveal().substring(0, 12);
    String clerkPassword = tokens.fresh().reveal().substring(0, 12);
    UserId mediator = accounts.add(MEDIATOR, "林调解", mediatorPassword, Set.of(Role.MEDIATOR));
    accounts.add(AUDITOR, "周审计", auditorPassword, Set.of(Role.AUDITOR));
    accounts.add(OPERATOR, "吴运维", operatorPassword, Set.of(Role.OPERATOR));
    accounts.add(CLERK, "何文书", clerkPassword, Set.of(Role.CLERK));
    CaseId caseId =
        cases.create(
            TITLE,
            mediator,
            List.of(
                new NewParty(PartyRole.APPLICANT, "示例银行股份有限公司海州支行"),
                new NewParty(PartyRole.RESPONDENT, "陈示例")));
    sessions.create(caseId);
    Properties kept = new Properties();
    kept.setProperty(MEDIATOR, mediatorPassword);
    kept.setProperty(AUDITOR, auditorPassword);
    kept.setProperty(OPERATOR, operatorPassword);
    kept.setProperty(CLERK, clerkPassword);
    kept.setProperty(CASE_KEY, caseId.value());
    write(kept);
  }

  private @Nullable CaseFile caseFile(Properties kept) {
    return cases.find(new CaseId(kept.getProperty(CASE_KEY, "")));
  }

  /**
   * An open session of the demo case; a new one when the last is over, so that links always work.
   */
  private @Nullable SessionId openSession(Properties kept) {
    CaseFile caseFile = caseFile(kept);
    if (caseFile == null) {
      return null;
    }
    return caseFile.sessions().stream()
        .filter(s -> s.state() == SessionState.SCHEDULED || s.state() == SessionState.LIVE)
        .map(CaseFile.Session::id)
        .findFirst()
        .orElseGet(() -> sessions.create(caseFile.id()));
  }

  private Properties read() {
    Properties kept = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      kept.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kept;
  }

  private void write(Properties kept) {
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        kept.store(writer, "Demo sign-ins. Only for trying Heyi out.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
