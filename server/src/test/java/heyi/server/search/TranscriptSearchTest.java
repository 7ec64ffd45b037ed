package heyi.server.search;

import static org.assertj.core.api.Assertions.assertThat;

import heyi.server.casefile.CaseId;
import heyi.server.casefile.CaseStore;
import heyi.server.casefile.NewParty;
import heyi.server.casefile.PartyRole;
import heyi.server.casefile.SessionId;
import heyi.server.casefile.SessionStore;
import heyi.server.identity.Accounts;
import heyi.server.identity.Role;
import heyi.server.identity.Tokens;
import heyi.server.identity.UserId;
import heyi.server.sql.Database;
import heyi.server.sql.DatabaseOptions;
import heyi.server.timeline.RoomTimeline;
import heyi.server.timeline.TimelineStore;
import heyi.signaling.room.RoomEvent.TranscriptWritten;
import heyi.signaling.room.RoomId;
import heyi.signaling.room.SeatId;
import heyi.signaling.room.TranscriptEntry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of transcripts, in the real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Sessions are found by what was said")
class TranscriptSearchTest {
  private static final Instant AT = Instant.parse("2026-11-21T02:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(AT);
  private static final SeatId MEDIATOR = new SeatId("mediator");
  private static final SeatId PARTY = new SeatId("party-1");

  private Database database;
  private SessionSearch search;
  private TimelineStore timeline;
  private UserId own;
  private UserId other;
  private SessionId said;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    database = Database.open(DatabaseOptions.embedded(folder.resolve("postgres")));
    search = new SessionSearch(database.jdbi());
    timeline = new TimelineStore(database.jdbi());
    Tokens tokens = new Tokens(new SecureRandom());
    Accounts accounts = new Accounts(database.jdbi(), CLOCK, tokens, new SecureRandom());
    own = accounts.add("one", "林调解", "secret-word", Set.of(Role.MEDIATOR));
    other = accounts.add("two", "王调解", "secret-word", Set.of(Role.MEDIATOR));
    CaseStore cases = new CaseStore(database.jdbi(), CLOCK, tokens);
    SessionStore sessions = new SessionStore(database.jdbi(), CLOCK, tokens);
    CaseId caseId = cases.create("借款合同纠纷", own, List.of(new NewParty(PartyRole.APPLICANT, "陈示例")));
    said = sessions.create(caseId);
    SessionId elsewhere = sessions.create(caseId);
    database
        .jdbi()
        .useHandle(
            h ->
                h.execute(
                    "update mediation_session set started_at = ?", AT.atOffset(ZoneOffset.UTC)));
    write(said, line(1, 61, PARTY, "被申请人承认欠款12,345.67元，用Alipay还过一次。"));
    write(said, line(2, 75, null, "双方核对还款100%的凭证。"));
    write(said, new TranscriptEntry.Correction(3, AT, MEDIATOR, 1, PARTY, "承认的是本金。", "笔误", null));
    write(said, new TranscriptEntry.Objection(4, AT, PARTY, 3, "利息也要写明。"));
    write(said, new TranscriptEntry.Strike(5, AT, MEDIATOR, 2, "这是划去的理由", null));
    write(elsewhere, line(1, 5, PARTY, "今天天气很好。"));
  }

  @AfterAll
  void stop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"欠款", "承认欠款12,345.67元", "alipay还过", "100%", "本金", "利息也要"})
  void theseWordsStandThere(String words) {
    assertThat(sessionsWith(words, null)).containsExactly(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"款欠", "欠款13", "100_", "划去的理由", "林调解", "'; drop table party; --"})
  void theseDoNot(String words) {
    assertThat(sessionsWith(words, null)).isEmpty();
  }

  @Test
  void whoMayNotReplayTheRecordingDoesNotFindItByItsWords() {
    assertThat(sessionsWith("欠款", own)).containsExactly(said);
    assertThat(sessionsWith("欠款", other)).isEmpty();
  }

  @Test
  void whatIsShownStandsAtTheSecondWhereItWasSpoken() {
    List<FoundWords> lines = search.lines(List.of(said), "本金");
    assertThat(lines)
        .containsExactly(new FoundWords(said, 3, "correction", 61_000L, "party-1", "承认的是本金。"));

    assertThat(search.lines(List.of(said), "利息"))
        .extracting(FoundWords::atMs)
        .containsExactly(61_000L);
    assertThat(search.lines(List.of(said), "凭证").getFirst().seatId()).isNull();
  }

  @Test
  void theIndexIsUsedAndNotEveryTranscriptRead() {
    List<String> plan =
        database
            .jdbi()
            .withHandle(
                h -> {
                  h.execute("set enable_seqscan = off");
                  return h.createQuery(
                          "explain select from transcript_text"
                              + " where text_pairs(words) @> text_pairs('欠款')")
                      .mapTo(String.class)
                      .list();
                });

    assertThat(plan).anyMatch(step -> step.contains("transcript_text_pairs"));
  }

  private List<SessionId> sessionsWith(String words, @Nullable UserId replayer) {
    SessionQuery query =
        new SessionQuery(
            List.of(), null, null, null, null, new TranscriptSearch.Asked(words, replayer), 0);
    return search.find(query).stream().map(FoundSession::id).toList();
  }

  private void write(SessionId session, TranscriptEntry entry) {
    RoomId room = new RoomId(session.value());
    timeline.append(session, RoomTimeline.of(new TranscriptWritten(room, entry)));
  }

  private static TranscriptEntry line(
      int number, int second, @Nullable SeatId speaker, String text) {
    Instant spokenAt = AT.plusSeconds(second);
    return new TranscriptEntry.Line(
        number, spokenAt, MEDIATOR, "k-" + number, spokenAt, speaker, text);
  }
}
