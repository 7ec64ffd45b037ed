package heyi.server.casefile;

/** A party of a case that is being made. */
public record NewParty(PartyRole role, String displayName) {}
