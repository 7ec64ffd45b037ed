package heyi.server.casefile;

/** Names a case. */
public record CaseId(String value) {}
