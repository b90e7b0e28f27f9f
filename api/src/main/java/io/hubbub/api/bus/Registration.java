package io.hubbub.api.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;

/**
 * One address of this node on the event bus. It can be registered again: the cluster's table of
 * addresses is known to lose entries when a partition heals (vertx-hazelcast issues 90, 109, 196).
 */
public final class Registration {
  private final EventBus bus;
  private final String address;
  private final Handler<Message<Object>> handler;
  private MessageConsumer<Object> consumer;
  private boolean busy;

  /** Begins to listen, on the caller's context. */
  public Registration(EventBus bus, String address, Handler<Message<Object>> handler) {
    this.bus = bus;
    this.address = address;
    this.handler = handler;
    this.consumer = bus.consumer(address, handler);
  }

  /** Done when the whole cluster knows the address. */
  public Future<Void> completion() {
    return consumer.completion();
  }

  /**
   * Registers anew, and only then takes the old registration back: nothing goes unheard. One that
   * fails changes nothing; while one is under way, others do nothing.
   */
  public Future<Void> again() {
    if (busy) {
      return Future.succeededFuture();
    }
    busy = true;
    MessageConsumer<Object> fresh = bus.consumer(address, handler);
    return fresh
        .completion()
        .transform(
            done -> {
              MessageConsumer<Object> over = done.succeeded() ? consumer : fresh;
              consumer = done.succeeded() ? fresh : consumer;
              return over.unregister();
            })
        .onComplete(done -> busy = false);
  }

  /** Stops listening. */
  public Future<Void> close() {
    return consumer.unregister();
  }
}
