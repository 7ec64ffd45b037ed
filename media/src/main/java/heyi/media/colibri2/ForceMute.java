package heyi.media.colibri2;

/**
 * What the bridge keeps from others, whatever the participant sends; enforced where no client can
 * get round it.
 *
 * @param audio true stops the participant's audio
 * @param video true stops the participant's video
 */
public record ForceMute(boolean audio, boolean video) {
  /** Lets everything through. */
  public static final ForceMute NONE = new ForceMute(false, false);
}
