package heyi.media.ice;

/** Which side nominates the candidate pair (RFC 8445 §6.1.1). The offerer is controlling. */
public enum IceRole {
  /** This side nominates: a bridge that makes the offer. */
  CONTROLLING,
  /** The other side nominates: a recorder or bot that answers. */
  CONTROLLED
}
