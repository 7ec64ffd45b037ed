package heyi.media.bridge;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the media of all endpoints of a conference share.
 *
 * @param routes who sends what to whom, now
 * @param speaker who speaks
 * @param counters of the bridge
 * @param nanoClock for time spans
 */
record ConferenceMedia(
    Supplier<Routes> routes,
    DominantSpeaker speaker,
    BridgeCounters counters,
    LongSupplier nanoClock) {}
