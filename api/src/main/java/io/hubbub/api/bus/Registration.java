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

  /** Registers anew, and only then takes the old registration back: nothing goes unheard. */
  public Future<Void> again() {
    MessageConsumer<Object> old = consumer;
    consumer = bus.consumer(address, handler);
    return consumer.completion().eventually(old::unregister);
  }

  /** Stops listening. */
  public Future<Void> close() {
    return consumer.unregister();
  }
}
