package io.hubbub.cluster;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.query.Beat;
import io.hubbub.api.query.BeatRow;
import io.hubbub.api.query.Beats;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.List;

/**
 * Beats over the event bus.
 *
 * @param bus with the project's codecs registered
 * @param self this node's id
 * @param patience how long an answer may take
 */
public record BusBeating(EventBus bus, String self, Duration patience) implements Beating {
  @Override
  public Future<List<BeatRow>> beat(String through, boolean draining) {
    return bus.<Beats>request(
            Addresses.history(through),
            new Beat(self, draining),
            new DeliveryOptions().setSendTimeout(patience.toMillis()))
        .map(reply -> reply.body().rows());
  }
}
