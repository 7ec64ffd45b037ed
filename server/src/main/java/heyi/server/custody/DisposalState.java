package heyi.server.custody;

/** How far a disposal is. */
enum DisposalState {
  /** One person asked for it. */
  REQUESTED,
  /** Somebody said no, who asked took it back, or a hold came before it began. */
  DECLINED,
  /** Another person agreed: it is being carried out. */
  APPROVED,
  /** Everything is gone, and the tombstone is there. */
  DONE
}
