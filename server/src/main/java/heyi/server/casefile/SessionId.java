package heyi.server.casefile;

/** Names one mediation session of a case; the room has the same name. */
public record SessionId(String value) {}
