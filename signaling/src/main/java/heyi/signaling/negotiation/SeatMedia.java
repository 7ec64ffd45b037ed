package heyi.signaling.negotiation;

import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.colibri2.AllocationOutcome.Allocated;
import heyi.media.colibri2.ForceMute;
import heyi.media.sdp.RemoteSource;
import heyi.media.sdp.SdpOfferer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One peer connection of one participant: at most one offer is open, and a change in the meantime
 * is remembered.
 *
 * <p><b>Threads:</b> the room's context.
 */
final class SeatMedia {
  private final EndpointId endpoint;
  private final Allocated allocated;
  private final SdpOfferer offerer;
  private final SeatChannel channel;
  private List<MediaSource> sources = List.of();
  private @Nullable String openOffer;
  private @Nullable String openSdp;
  private ForceMute mute = ForceMute.NONE;
  private int offers;
  private boolean changed;
  private boolean connected;

  SeatMedia(EndpointId endpoint, Allocated allocated, SdpOfferer offerer, SeatChannel channel) {
    this.endpoint = endpoint;
    this.allocated = allocated;
    this.offerer = offerer;
    this.channel = channel;
  }

  EndpointId endpoint() {
    return endpoint;
  }

  /** Notes what the bridge is told to hold back; false when it was told so before. */
  boolean remember(ForceMute next) {
    var changes = !next.equals(mute);
    mute = next;
    return changes;
  }

  List<MediaSource> sources() {
    return sources;
  }

  /** Opens an offer; null when one is open already, which is remembered. */
  @Nullable String open(List<RemoteSource> remote) {
    if (openOffer != null) {
      changed = true;
      return null;
    }
    offers++;
    openOffer = endpoint + "-" + offers;
    openSdp = offerer.offer(allocated.transport(), allocated.feedbackSources(), remote);
    return openSdp;
  }

  @Nullable String openOffer() {
    return openOffer;
  }

  @Nullable String openSdp() {
    return openSdp;
  }

  boolean isFirstOffer() {
    return offers == 1;
  }

  boolean isConnected() {
    return connected;
  }

  SeatChannel channel() {
    return channel;
  }

  void end() {
    channel.close();
  }

  /** Closes the open offer; true when another one is due. */
  boolean answered(List<MediaSource> next) {
    sources = List.copyOf(next);
    connected = true;
    openOffer = null;
    openSdp = null;
    var due = changed;
    changed = false;
    return due;
  }
}
