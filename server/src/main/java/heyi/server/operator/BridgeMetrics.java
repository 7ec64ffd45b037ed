package heyi.server.operator;

import heyi.media.colibri2.BridgeId;
import heyi.media.pool.BridgePool;
import heyi.media.pool.BridgeStanding;
import heyi.media.pool.BridgeView;
import heyi.media.pool.BridgeWarmth;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** The figures of each bridge, under its name. */
public final class BridgeMetrics {
  private static final String TAG = "bridge";

  private BridgeMetrics() {}

  /** Registers the meters of every bridge; they are read at each scrape. */
  public static void bind(MeterRegistry registry, BridgePool pool) {
    for (BridgeView bridge : pool.bridges()) {
      BridgeId id = bridge.id();
      gauge(
          registry,
          pool,
          id,
          "heyi_bridge_healthy",
          "1 when the bridge answers its checks",
          now -> now.standing() == BridgeStanding.HEALTHY ? 1 : 0);
      gauge(
          registry,
          pool,
          id,
          "heyi_bridge_warm",
          "1 when the bridge has carried media since it was last silent",
          now -> now.warmth() == BridgeWarmth.WARM ? 1 : 0);
      gauge(
          registry,
          pool,
          id,
          "heyi_bridge_draining",
          "1 when the bridge gets no new rooms because somebody drains it",
          now -> now.draining() || now.drainingItself() ? 1 : 0);
      gauge(
          registry,
          pool,
          id,
          "heyi_bridge_stress",
          "0 idle, 1 full; an estimate for rooms placed lately included",
          BridgeView::stress);
      gauge(
          registry,
          pool,
          id,
          "heyi_bridge_rooms",
          "Rooms of this node on the bridge",
          BridgeView::rooms);
      FunctionCounter.builder(
              "heyi_bridge_rooms_lost", pool, now -> read(now, id, BridgeView::roomsLost))
          .description("Rooms that left the bridge because it failed or was evacuated")
          .tag(TAG, id.value())
          .register(registry);
    }
  }

  private static void gauge(
      MeterRegistry registry,
      BridgePool pool,
      BridgeId id,
      String name,
      String description,
      ToDoubleFunction<BridgeView> figure) {
    Gauge.builder(name, pool, now -> read(now, id, figure))
        .description(description)
        .tag(TAG, id.value())
        .register(registry);
  }

  private static double read(BridgePool pool, BridgeId id, ToDoubleFunction<BridgeView> figure) {
    return pool.bridge(id).map(figure::applyAsDouble).orElse(Double.NaN);
  }
}
