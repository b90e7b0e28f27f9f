package io.hubbub.api.link;

import io.hubbub.api.link.LinkReceiver.Verdict;
import io.hubbub.api.link.LinkReply.State;
import io.vertx.core.eventbus.Message;
import java.util.function.Predicate;

/**
 * Where links end: hands batches that are new to their taker and replies to the others. Used on one
 * context only.
 */
public final class LinkInbox {
  /** Deals with a batch. */
  public interface Taker {
    /**
     * Takes a batch.
     *
     * @param anew whether it begins a new incarnation
     * @param done to be called once all of it has been dealt with: only then does the next come
     */
    void take(LinkBatch batch, boolean anew, Runnable done);
  }

  private final LinkReceiver receiver = new LinkReceiver();
  private final Taker taker;

  /** Hands batches to a taker. */
  public LinkInbox(Taker taker) {
    this.taker = taker;
  }

  /** A batch has come over the bus. */
  public void receive(Message<?> message, LinkBatch batch) {
    Verdict verdict = receiver.receive(batch);
    switch (verdict) {
      case TAKE, TAKE_ANEW ->
          taker.take(batch, verdict == Verdict.TAKE_ANEW, () -> done(message, batch));
      case DONE -> message.reply(new LinkReply(State.DONE));
      case WORKING -> message.reply(new LinkReply(State.WORKING));
      case UNKNOWN -> message.reply(new LinkReply(State.UNKNOWN));
    }
  }

  /** Whether a batch that was taken still counts. */
  public boolean current(LinkBatch batch) {
    return receiver.current(batch);
  }

  /** Forgets one link: its sender is made to begin anew and to send again what was taken last. */
  public void forget(String from, String lane) {
    receiver.forget(from, lane);
  }

  /** Forgets the links from nodes that are gone. */
  public void forget(Predicate<String> from) {
    receiver.forget(from);
  }

  /** The incarnation of a link, or 0 where there is none. */
  public long incarnation(String from, String lane) {
    return receiver.incarnation(from, lane);
  }

  private void done(Message<?> message, LinkBatch batch) {
    if (receiver.current(batch)) {
      receiver.done(batch);
      message.reply(new LinkReply(State.DONE));
    } else {
      message.reply(new LinkReply(State.UNKNOWN));
    }
  }
}
