package heyi.media.colibri2;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heyi.media.ConferenceId;
import heyi.media.EndpointId;
import heyi.media.MediaProfile;
import heyi.media.MediaSource;
import heyi.media.ice.TransportDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the request bodies of Colibri2, in the very mixture of strings and numbers that Jitsi
 * Videobridge reads: payload ids are strings, extension ids are numbers.
 */
final class ColibriRequests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ColibriRequests() {}

  static ObjectNode createConference(ConferenceId conference, EndpointId endpoint) {
    ObjectNode body = JSON.objectNode();
    body.put("meeting-id", conference.value()).put("create", true);
    body.putArray("endpoints").add(newEndpoint(endpoint));
    return body;
  }

  static ObjectNode createEndpoint(EndpointId endpoint) {
    return oneEndpoint(newEndpoint(endpoint));
  }

  static ObjectNode update(
      EndpointId endpoint,
      @Nullable TransportDescription transport,
      @Nullable List<MediaSource> sources) {
    ObjectNode node = JSON.objectNode().put("id", endpoint.value());
    if (transport != null) {
      node.putObject("transport").set("transport", TransportJson.write(transport));
    }
    if (sources != null) {
      node.set("sources", SourcesJson.write(sources));
    }
    return oneEndpoint(node);
  }

  static ObjectNode expireEndpoint(EndpointId endpoint) {
    return oneEndpoint(JSON.objectNode().put("id", endpoint.value()).put("expire", true));
  }

  static ObjectNode expireConference() {
    return JSON.objectNode().put("expire", true);
  }

  static ObjectNode forceMute(EndpointId endpoint, ForceMute mute) {
    ObjectNode node = JSON.objectNode().put("id", endpoint.value());
    node.putObject("force-mute").put("audio", mute.audio()).put("video", mute.video());
    return oneEndpoint(node);
  }

  private static ObjectNode oneEndpoint(ObjectNode endpoint) {
    ObjectNode body = JSON.objectNode();
    body.putArray("endpoints").add(endpoint);
    return body;
  }

  private static ObjectNode newEndpoint(EndpointId endpoint) {
    ObjectNode node =
        JSON.objectNode()
            .put("create", true)
            .put("id", endpoint.value())
            .put("stats-id", endpoint.value());
    node.putObject("transport").put("ice-controlling", true);
    node.putArray("capabilities").add("source-names");
    node.putArray("medias").add(audio()).add(video());
    return node;
  }

  private static ObjectNode audio() {
    ObjectNode audio = JSON.objectNode().put("type", "audio");
    ObjectNode opus = payload(MediaProfile.OPUS_PAYLOAD_TYPE, "opus", MediaProfile.OPUS_CLOCK_HZ);
    opus.put("channels", "2");
    opus.putObject("parameters").put("useinbandfec", "1").put("minptime", "10");
    feedback(opus.putArray("rtcp-fbs"), "transport-cc", null);
    audio.putArray("payload-types").add(opus);
    ArrayNode extensions = audio.putArray("rtp-hdrexts");
    extension(extensions, MediaProfile.AUDIO_LEVEL_EXTENSION, MediaProfile.AUDIO_LEVEL_URI);
    extension(extensions, MediaProfile.TRANSPORT_CC_EXTENSION, MediaProfile.TRANSPORT_CC_URI);
    return audio;
  }

  private static ObjectNode video() {
    ObjectNode video = JSON.objectNode().put("type", "video");
    ObjectNode vp8 = payload(MediaProfile.VP8_PAYLOAD_TYPE, "VP8", MediaProfile.VP8_CLOCK_HZ);
    ArrayNode feedbacks = vp8.putArray("rtcp-fbs");
    feedback(feedbacks, "ccm", "fir");
    feedback(feedbacks, "nack", null);
    feedback(feedbacks, "nack", "pli");
    feedback(feedbacks, "transport-cc", null);
    ObjectNode rtx = payload(MediaProfile.VP8_RTX_PAYLOAD_TYPE, "rtx", MediaProfile.VP8_CLOCK_HZ);
    rtx.putObject("parameters").put("apt", Integer.toString(MediaProfile.VP8_PAYLOAD_TYPE));
    video.putArray("payload-types").add(vp8).add(rtx);
    ArrayNode extensions = video.putArray("rtp-hdrexts");
    extension(extensions, MediaProfile.ABS_SEND_TIME_EXTENSION, MediaProfile.ABS_SEND_TIME_URI);
    extension(extensions, MediaProfile.TRANSPORT_CC_EXTENSION, MediaProfile.TRANSPORT_CC_URI);
    return video;
  }

  private static ObjectNode payload(int id, String name, int clockHz) {
    return JSON.objectNode()
        .put("name", name)
        .put("id", Integer.toString(id))
        .put("clockrate", Integer.toString(clockHz));
  }

  private static void feedback(ArrayNode list, String type, @Nullable String subtype) {
    ObjectNode node = list.addObject().put("type", type);
    if (subtype != null) {
      node.put("subtype", subtype);
    }
  }

  private static void extension(ArrayNode list, int id, String uri) {
    list.addObject().put("id", id).put("uri", uri);
  }
}
