package heyi.signaling.socket;

/** How somebody came. */
enum Return {
  /** A page that holds no peer connection. */
  FRESH_PAGE,
  /** The page that still holds it. */
  SAME_PAGE
}
