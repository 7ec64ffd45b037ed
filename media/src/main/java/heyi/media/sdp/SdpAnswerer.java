package heyi.media.sdp;

import heyi.media.EndpointId;
import heyi.media.MediaKind;
import heyi.media.MediaSource;
import heyi.media.SourceName;
import heyi.media.ice.TransportDescription;
import heyi.media.sdp.SdpException.Reason;
import heyi.media.sdp.SdpReader.Sections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers offers as a browser does, for bots: sends its sources in the sections that the offer
 * leaves to the participant and receives everything else.
 *
 * <p>Immutable; safe on any thread.
 */
public final class SdpAnswerer {
  private static final String BRIDGE_STREAM = "jvb";

  private final EndpointId owner;
  private final List<MediaSource> sending;

  /**
   * An answer, and what was learnt from the offer.
   *
   * @param sdp the answer to send back
   * @param bridge how to reach the bridge
   * @param remote what the bridge will send of others, complete
   */
  public record Answered(String sdp, TransportDescription bridge, List<RemoteSource> remote) {
    /** Copies the list. */
    public Answered {
      remote = List.copyOf(remote);
    }
  }

  /**
   * Makes an answerer.
   *
   * @param owner the endpoint that answers
   * @param sending at most one source of each kind
   */
  public SdpAnswerer(EndpointId owner, List<MediaSource> sending) {
    this.owner = owner;
    this.sending = List.copyOf(sending);
  }

  /**
   * Answers an offer.
   *
   * @param offer as the server sent it
   * @param local how the bridge reaches this side; its setup is active or passive
   * @throws SdpException if the offer cannot be used
   */
  public Answered answer(String offer, TransportDescription local) throws SdpException {
    Sections sections = SdpReader.read(offer);
    TransportDescription bridge = TransportReader.read(sections);
    List<RemoteSource> remote = new ArrayList<>();
    List<MediaSource> unplaced = new ArrayList<>(sending);
    List<String> mids = new ArrayList<>();
    SdpLines body = new SdpLines();
    for (SdpSection section : sections.media()) {
      String mid = section.value("mid").orElse("");
      Optional<MediaKind> kind = SourceReader.kind(section);
      if (kind.isEmpty() || section.isRefused()) {
        List<String> words = section.mediaWords();
        body.refused("m=" + words.get(0) + " 0 " + words.get(2) + " " + words.get(3), mid);
        continue;
      }
      mids.add(mid);
      if (section.direction().sends()) {
        remote(section, kind.get()).ifPresent(remote::add);
      }
      write(body, section, kind.get(), mid, local, unplaced);
    }
    String sdp = new SdpLines().session(0, 1, mids) + body.toString();
    return new Answered(sdp, bridge, remote);
  }

  private void write(
      SdpLines body,
      SdpSection section,
      MediaKind kind,
      String mid,
      TransportDescription local,
      List<MediaSource> unplaced) {
    Optional<MediaSource> sent = Optional.empty();
    if (section.direction().receives()) {
      sent = unplaced.stream().filter(source -> source.kind() == kind).findFirst();
      sent.ifPresent(unplaced::remove);
    }
    body.media(kind, mid, direction(sent.isPresent(), section.direction().sends()))
        .transport(local)
        .codecs(kind);
    sent.ifPresent(source -> body.sentSource(owner, source));
  }

  private static Direction direction(boolean sends, boolean receives) {
    if (sends) {
      return receives ? Direction.SENDRECV : Direction.SENDONLY;
    }
    return receives ? Direction.RECVONLY : Direction.INACTIVE;
  }

  private static Optional<RemoteSource> remote(SdpSection section, MediaKind kind)
      throws SdpException {
    String[] msid = section.value("msid").orElse("").split(" ", -1);
    if (msid.length != 2 || BRIDGE_STREAM.equals(msid[0])) {
      return Optional.empty();
    }
    try {
      EndpointId owner = new EndpointId(msid[0]);
      return SourceReader.source(section, kind, new SourceName(msid[1]))
          .map(source -> new RemoteSource(owner, source));
    } catch (IllegalArgumentException e) {
      throw new SdpException(Reason.MALFORMED, "a section has an msid of foreign form", e);
    }
  }
}
