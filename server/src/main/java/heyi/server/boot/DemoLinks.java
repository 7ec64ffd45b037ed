package heyi.server.boot;

import heyi.server.casefile.CaseFile;
import heyi.server.casefile.Party;
import heyi.server.casefile.SessionId;
import heyi.server.identity.Secret;
import heyi.server.invitation.Invitations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a newcomer needs to try Heyi out: four sign-ins, the prepared session and a link per party.
 *
 * <p>The links are made anew at each start, because only their hashes are kept; that revokes the
 * earlier ones.
 */
public record DemoLinks(
    DemoData.Login mediator,
    DemoData.Login auditor,
    DemoData.Login operator,
    DemoData.Login clerk,
    String caseTitle,
    SessionId session,
    List<PartyLink> parties) {

  /** Copies the list. */
  public DemoLinks {
    parties = List.copyOf(parties);
  }

  /** A party and the token of his link. */
  public record PartyLink(Party party, Secret<String> token) {}

  /** Issues the links. Blocks. */
  static @Nullable DemoLinks of(DemoData.@Nullable Prepared prepared, Invitations invitations) {
    if (prepared == null) {
      return null;
    }
    CaseFile caseFile = prepared.caseFile();
    SessionId session = prepared.session();
    if (caseFile == null || session == null) {
      return null;
    }
    List<PartyLink> links = new ArrayList<>();
    for (Party party : caseFile.parties()) {
      links.add(new PartyLink(party, invitations.issue(session, party.id()).token()));
    }
    return new DemoLinks(
        prepared.mediator(),
        prepared.auditor(),
        prepared.operator(),
        prepared.clerk(),
        caseFile.title(),
        session,
        links);
  }
}
