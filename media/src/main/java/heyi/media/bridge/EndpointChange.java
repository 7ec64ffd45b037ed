package heyi.media.bridge;

import heyi.media.EndpointId;
import heyi.media.MediaSource;
import heyi.media.colibri2.ForceMute;
import heyi.media.ice.IceRole;
import heyi.media.ice.TransportDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request wants of one endpoint. */
sealed interface EndpointChange {
  /** The endpoint that is meant. */
  EndpointId id();

  /** Make it. */
  record Create(EndpointId id, IceRole role) implements EndpointChange {}

  /** Change what is not null. */
  record Update(
      EndpointId id,
      @Nullable TransportDescription transport,
      @Nullable List<MediaSource> sources,
      @Nullable ForceMute mute)
      implements EndpointChange {}

  /** Remove it. */
  record Expire(EndpointId id) implements EndpointChange {}
}
