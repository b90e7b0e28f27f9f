package io.hubbub.api.link;

import io.hubbub.api.link.LinkReply.State;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Flow-controlled, ordered batches to one address of another node, by request and reply: the bus
 * itself promises neither. A batch is asked about, not sent again, when its reply is late; it is
 * sent again when the receiver does not know it. Used on one context only.
 */
public final class Link {
  /** The lane of commands, interest and marks, from an edge to a home. */
  public static final String COMMANDS = "commands";

  /** The lane of answers and entries, from a home to an edge. */
  public static final String DELIVERIES = "deliveries";

  /** The lane of sessions and watched users, from an edge to a home of users. */
  public static final String SESSIONS = "sessions";

  /** The lane of how users are seen, from a home of users to an edge. */
  public static final String PRESENCE = "presence";

  private final Vertx vertx;
  private final String self;
  private final String lane;
  private final String address;
  private final LinkOptions options;
  private final LinkSender sender;
  private final DeliveryOptions delivery;
  private final LinkCounts counts;
  private final LongSupplier clock;
  private boolean flushing;
  private boolean closed;
  private boolean unheard;

  /**
   * A link to an address.
   *
   * @param self the node that sends
   * @param lane tells the links between one pair of addresses apart
   * @param clock the database's time, epoch milliseconds, 0 while unknown: batches say when they
   *     were sent
   */
  public Link(
      Vertx vertx,
      String self,
      String lane,
      String address,
      LinkOptions options,
      LinkCounts counts,
      LongSupplier clock) {
    this.vertx = vertx;
    this.self = self;
    this.lane = lane;
    this.address = address;
    this.options = options;
    this.counts = counts;
    this.clock = clock;
    this.sender = new LinkSender(options.batchItems(), options.batchBytes());
    this.delivery = new DeliveryOptions().setSendTimeout(options.replyMillis());
  }

  /**
   * Adds an item. It leaves at the end of this turn of the event loop when nothing is in flight.
   */
  public void offer(Item item) {
    sender.offer(item);
    if (!flushing && !closed && sender.inFlight().isEmpty()) {
      flushing = true;
      vertx.runOnContext(
          done -> {
            flushing = false;
            sendNext();
          });
    }
  }

  /** Replaces what waits, in order: a way to shrink it. */
  public void rewrite(UnaryOperator<List<Item>> shrink) {
    sender.rewrite(shrink);
  }

  /** About how many bytes wait, without those in flight. */
  public long waitingBytes() {
    return sender.waitingBytes();
  }

  /** Whether nothing waits and nothing is in flight. */
  public boolean idle() {
    return sender.idle();
  }

  /** The current incarnation. */
  public long incarnation() {
    return sender.incarnation();
  }

  /** Whether the cluster did not know the address when something was sent last. */
  public boolean unheard() {
    return unheard;
  }

  /** Sends nothing more; what waits is dropped. */
  public void close() {
    closed = true;
  }

  private void sendNext() {
    List<Item> batch = closed ? null : sender.next();
    if (batch != null) {
      counts.batch(batch.size());
      send(batch);
    }
  }

  private void send(List<Item> items) {
    long incarnation = sender.incarnation();
    long number = sender.number();
    vertx
        .eventBus()
        .<LinkReply>request(
            address,
            new LinkBatch(self, lane, incarnation, number, items, clock.getAsLong()),
            delivery)
        .onComplete(reply -> heard(incarnation, number, reply));
  }

  private void heard(long incarnation, long number, AsyncResult<Message<LinkReply>> reply) {
    if (closed || incarnation != sender.incarnation() || number != sender.number()) {
      return;
    }
    State state = reply.succeeded() ? reply.result().body().state() : State.WORKING;
    unheard =
        reply.cause() instanceof ReplyException failure
            && failure.failureType() == ReplyFailure.NO_HANDLERS;
    switch (state) {
      case DONE -> {
        sender.done();
        sendNext();
      }
      case UNKNOWN -> {
        counts.resent();
        List<Item> again = sender.renew();
        long renewed = sender.incarnation();
        later(renewed, 1, again);
      }
      case WORKING -> {
        counts.asked();
        later(incarnation, number, List.of());
      }
    }
  }

  private void later(long incarnation, long number, List<Item> items) {
    vertx.setTimer(
        items.isEmpty() ? options.againMillis() : 1,
        timer -> {
          if (!closed && incarnation == sender.incarnation() && number == sender.number()) {
            send(items);
          }
        });
  }
}
