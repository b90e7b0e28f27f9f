package io.hubbub.api.client;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.bus.Digest;
import io.hubbub.api.bus.DigestReply;
import io.hubbub.api.hub.Interests;
import io.hubbub.api.link.Acked;
import io.hubbub.api.link.Append;
import io.hubbub.api.link.Delivered;
import io.hubbub.api.link.Interest;
import io.hubbub.api.link.InterestReset;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Known;
import io.hubbub.api.link.Link;
import io.hubbub.api.link.LinkBatch;
import io.hubbub.api.link.LinkCounts;
import io.hubbub.api.link.LinkInbox;
import io.hubbub.api.link.LinkOptions;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.Heads;
import io.hubbub.api.query.ListConversations;
import io.hubbub.api.query.Open;
import io.hubbub.api.query.Opened;
import io.hubbub.api.query.ReadHeads;
import io.hubbub.api.query.ReadPage;
import io.hubbub.api.query.Rows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A home with one edge that speaks as a real one does but is unreliable: it does not hear, its
 * replies and deliveries get lost, and now and then it forgets everything, as after a restart.
 */
final class ModelHome {
  private final Vertx vertx;
  private final Random random;
  private final String id;
  private final String edge;
  private final LinkOptions options;
  private final ModelLog log;
  private final Set<UUID> interested = new HashSet<>();
  private LinkInbox inbox = new LinkInbox(this::take);
  private Link link;
  private long turn;
  private boolean mute;
  private boolean able = true;
  private boolean sound;

  ModelHome(Vertx vertx, Random random, String id, String edge, LinkOptions options, ModelLog log) {
    this.vertx = vertx;
    this.random = random;
    this.id = id;
    this.edge = edge;
    this.options = options;
    this.log = log;
    this.link = newLink();
    vertx.eventBus().consumer(Addresses.history(id), this::hear);
  }

  /** In view, but cut off: hears nothing and says nothing. */
  void mute(boolean now) {
    mute = now;
  }

  /** Whether it reaches the database: without it, what it takes is never done. */
  void able(boolean now) {
    able = now;
  }

  /** Loses nothing from now on. */
  void sound() {
    sound = true;
  }

  void forgetEverything() {
    turn++;
    interested.clear();
    inbox = new LinkInbox(this::take);
    link.close();
    link = newLink();
  }

  private Link newLink() {
    LinkCounts counts = new LinkCounts(new SimpleMeterRegistry(), "deliveries");
    return new Link(vertx, id, Link.DELIVERIES, Addresses.edge(edge), options, counts, () -> 0L);
  }

  private boolean lost() {
    return !sound && random.nextInt(10) == 0;
  }

  private void hear(Message<Object> message) {
    Object body = message.body();
    if (mute || lost()) {
      return;
    }
    if (body instanceof LinkBatch batch) {
      inbox.receive(lost() ? mute(message) : message, batch);
    } else if (body instanceof Digest digest) {
      message.reply(compare(digest));
    } else if (body instanceof Open) {
      message.reply(
          new Opened(
              log.epoch,
              new Rows(List.of(), false, ""),
              List.of(),
              Map.of(),
              new Circle(List.of(), List.of())));
    } else if (body instanceof ReadHeads question) {
      Map<UUID, Long> heads = new HashMap<>();
      question.conversations().forEach(id -> heads.put(id, log.head()));
      message.reply(new Heads(heads));
    } else if (body instanceof ReadPage question) {
      message.reply(log.page(question));
    } else if (body instanceof ListConversations question) {
      message.reply(new Rows(List.of(), false, question.user() + " after " + question.cursor()));
    }
  }

  private DigestReply compare(Digest digest) {
    long hash = 0;
    for (UUID each : interested) {
      hash ^= Interests.hash(each);
    }
    boolean same = digest.count() == interested.size() && digest.hash() == hash;
    return new DigestReply(log.epoch, same, link.incarnation(), Map.of(), 0, able, false);
  }

  private void take(LinkBatch batch, boolean anew, Runnable done) {
    if (!able) {
      return;
    }
    long now = turn;
    vertx.setTimer(
        1 + random.nextInt(4),
        timer -> {
          // A home that has lost its memory may still commit what it took before.
          batch.items().forEach(this::take);
          if (now == turn) {
            done.run();
          }
        });
  }

  private void take(Item item) {
    if (item instanceof Append append) {
      Outcome outcome = log.append(append.command());
      link.offer(new Acked(append.id(), outcome));
      UUID conversation = append.command().conversation();
      if (!outcome.duplicate() && interested.contains(conversation) && !lost()) {
        link.offer(
            new Delivered(
                conversation, List.of(log.entries.get((int) outcome.seq() - 1)), 1, log.epoch));
      }
    } else if (item instanceof Interest interest && interest.on()) {
      interested.add(interest.conversation());
      link.offer(new Known(interest.conversation(), log.head(), true, 1));
    } else if (item instanceof Interest interest) {
      interested.remove(interest.conversation());
    } else if (item instanceof InterestReset) {
      interested.clear();
    }
  }

  @SuppressWarnings("unchecked")
  private static Message<Object> mute(Message<Object> message) {
    return (Message<Object>)
        Proxy.newProxyInstance(
            Message.class.getClassLoader(),
            new Class<?>[] {Message.class},
            (proxy, method, arguments) ->
                method.getName().equals("reply") ? null : method.invoke(message, arguments));
  }
}
