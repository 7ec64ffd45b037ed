package heyi.server.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.server.casefile.CaseAccess;
import heyi.server.casefile.CaseFile;
import heyi.server.casefile.CaseStore;
import heyi.server.casefile.Party;
import heyi.server.casefile.PartyRole;
import heyi.server.casefile.SessionId;
import heyi.server.document.AgreementContent;
import heyi.server.document.AgreementPdf;
import heyi.server.document.AgreementRefusedException;
import heyi.server.document.PdfPages;
import heyi.server.document.PreparedDocument;
import heyi.server.http.Call;
import heyi.server.http.Problem;
import heyi.server.http.Reply;
import heyi.server.http.Routes;
import heyi.server.http.SeatBearer;
import heyi.server.identity.Tokens;
import heyi.server.identity.User;
import heyi.server.sql.Blocking;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Drafting the agreement and reading documents. */
public final class AgreementRoutes implements Routes {
  private static final ZoneId PLACE = ZoneId.of("Asia/Shanghai");
  private static final String ORGANISATION = "合意调解中心（演示）";
  private static final String PLACE_OF_SIGNING = "在线调解室";
  private static final int PAGE_WIDTH_PX = 720;

  private final CaseAccess access;
  private final CaseStore cases;
  private final DocumentStore documents;
  private final RoomTable table;
  private final Tokens tokens;
  private final Blocking blocking;
  private final InstantSource clock;

  /** Uses the stores. */
  public AgreementRoutes(
      CaseAccess access,
      CaseStore cases,
      DocumentStore documents,
      RoomTable table,
      Tokens tokens,
      Blocking blocking,
      InstantSource clock) {
    this.access = access;
    this.cases = cases;
    this.documents = documents;
    this.table = table;
    this.tokens = tokens;
    this.blocking = blocking;
    this.clock = clock;
  }

  @Override
  public void register(Api api) {
    api.put("/api/sessions/:sessionId/agreement", Access.USER, this::prepare);
    api.get("/api/documents/:documentId", Access.USER_OR_SEAT, this::pdf);
    api.get("/api/documents/:documentId/pages/:page", Access.USER_OR_SEAT, this::page);
    api.get("/api/documents/:documentId/text", Access.USER_OR_SEAT, this::text);
  }

  private record Prepared(StoredDocument document, int pages) {}

  private Future<Reply> prepare(Call call) {
    User user = call.user();
    SessionId session = new SessionId(call.path("sessionId"));
    JsonNode body = call.body();
    String title = Call.text(body, "title");
    List<String> clauses = Call.texts(body, "clauses", AgreementContent.MAX_CLAUSES);
    return blocking
        .call(() -> make(user, session, title, clauses))
        .compose(prepared -> table.lay(prepared.document()).map(prepared))
        .map(prepared -> Reply.ok(preparedJson(prepared)));
  }

  private Prepared make(User user, SessionId session, String title, List<String> clauses) {
    CaseFile caseFile = access.led(user, session);
    if (!table.isOpen(session)) {
      throw Problem.conflict(
          "wrong-phase",
          "An agreement can be laid before the parties only while they are together.");
    }
    PreparedDocument pdf = render(caseFile, title, clauses);
    StoredDocument document =
        new StoredDocument(
            tokens.freshId("document"),
            caseFile.id(),
            session,
            title,
            pdf.sha256(),
            false,
            clauses,
            pdf.pdf());
    documents.add(document);
    return new Prepared(document, pdf.pageCount());
  }

  private PreparedDocument render(CaseFile caseFile, String title, List<String> clauses) {
    try {
      return AgreementPdf.render(
          new AgreementContent(
              caseFile.number(),
              title,
              ORGANISATION,
              caseFile.mediator().displayName(),
              caseFile.parties().stream().map(AgreementRoutes::line).toList(),
              "",
              clauses,
              PLACE_OF_SIGNING,
              LocalDate.ofInstant(clock.instant(), PLACE)));
    } catch (AgreementRefusedException e) {
      throw Problem.malformed("The agreement cannot be made: " + e.getMessage() + ".");
    }
  }

  private static AgreementContent.PartyLine line(Party party) {
    return new AgreementContent.PartyLine(
        party.seatId(), chinese(party.role()), party.displayName());
  }

  static String chinese(PartyRole role) {
    return switch (role) {
      case APPLICANT -> "申请人";
      case RESPONDENT -> "被申请人";
    };
  }

  private static ObjectNode preparedJson(Prepared prepared) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("documentId", prepared.document().documentId())
        .put("sha256", prepared.document().sha256())
        .put("pages", prepared.pages());
  }

  private Future<Reply> pdf(Call call) {
    return read(
        call,
        document ->
            new Reply.Bytes(
                "application/pdf",
                document.content(),
                List.of(
                    new Reply.Header("ETag", "\"" + document.sha256() + "\""),
                    new Reply.Header(
                        "Content-Disposition",
                        "inline; filename=\"" + document.documentId() + ".pdf\""))));
  }

  private Future<Reply> page(Call call) {
    String name = call.path("page");
    if (!name.matches("\\d{1,3}\\.png")) {
      throw Problem.notFound("page");
    }
    int page = Integer.parseInt(name.substring(0, name.length() - ".png".length()));
    int width = call.query("width", PAGE_WIDTH_PX, 120, 2_400);
    return read(
        call,
        document -> {
          try {
            return new Reply.Bytes(
                "image/png",
                PdfPages.png(document.content(), page, width),
                List.of(
                    new Reply.Header("ETag", "\"" + document.sha256() + "\""),
                    new Reply.Header("Cache-Control", "private, max-age=86400, immutable")));
          } catch (IllegalArgumentException _) {
            throw Problem.notFound("page");
          }
        });
  }

  private Future<Reply> text(Call call) {
    return read(
        call,
        document -> {
          CaseFile caseFile = Objects.requireNonNull(cases.find(document.caseId()));
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          json.put("title", document.title());
          json.put("pages", PdfPages.count(document.content()));
          ArrayNode clauses = json.putArray("clauses");
          document.clauses().forEach(clauses::add);
          ArrayNode parties = json.putArray("parties");
          for (Party party : caseFile.parties()) {
            parties
                .addObject()
                .put("role", party.role().word())
                .put("displayName", party.displayName());
          }
          return Reply.ok(json);
        });
  }

  private interface Reading {
    Reply of(StoredDocument document) throws Exception;
  }

  private Future<Reply> read(Call call, Reading reading) {
    String id = call.path("documentId");
    User user = call.userOrNull();
    SeatBearer seat = call.seatOrNull();
    return blocking.call(
        () -> {
          StoredDocument document = documents.find(id);
          if (document == null || !mayRead(document, user, seat)) {
            throw Problem.notFound("document");
          }
          return reading.of(document);
        });
  }

  private boolean mayRead(StoredDocument document, @Nullable User user, @Nullable SeatBearer seat) {
    if (user != null) {
      CaseFile caseFile = cases.find(document.caseId());
      return caseFile != null && CaseAccess.maySee(user, caseFile);
    }
    return seat != null && seat.sessionId().equals(document.sessionId().value());
  }
}
