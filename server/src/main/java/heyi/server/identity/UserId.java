package heyi.server.identity;

/** Names an account; never shown to another person. */
public record UserId(String value) {}
