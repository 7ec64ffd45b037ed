package heyi.server.casefile;

/** Names a party of a case. */
public record PartyId(String value) {}
