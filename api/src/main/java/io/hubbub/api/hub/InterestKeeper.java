package io.hubbub.api.hub;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.bus.Digest;
import io.hubbub.api.bus.DigestReply;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.link.Interest;
import io.hubbub.api.link.InterestReset;
import io.hubbub.api.link.LinkInbox;
import io.hubbub.api.query.Heads;
import io.hubbub.api.query.ReadHeads;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells homes in which conversations this node has somebody, and finds out when a home knows
 * otherwise, delivers less than it wrote, or does not answer: then heads are asked for elsewhere
 * and followers pull.
 */
final class InterestKeeper {
  /** The lane of deliveries, from a home to here. */
  static final String DELIVERIES = "deliveries";

  private static final long HEADS_LATER_MILLIS = 500;
  private static final int HEADS_AT_ONCE = 1_000;
  private static final DeliveryOptions DELIVERY = new DeliveryOptions().setSendTimeout(1_500);

  private static final class Compared {
    private int differed;
    private int missed;
  }

  private final Vertx vertx;
  private final String self;
  private final HomeLinks links;
  private final Questions questions;
  private final Outbound outbound;
  private final LinkInbox inbox;
  private final HubListener listener;
  private final Interests interests = new Interests();
  private final Map<String, Compared> compared = new HashMap<>();

  private String heardEpoch = "";
  private boolean epochTold;

  InterestKeeper(
      Vertx vertx,
      String self,
      HomeLinks links,
      Questions questions,
      Outbound outbound,
      LinkInbox inbox,
      HubListener listener) {
    this.vertx = vertx;
    this.self = self;
    this.links = links;
    this.questions = questions;
    this.outbound = outbound;
    this.inbox = inbox;
    this.listener = listener;
  }

  void set(UUID conversation, boolean on) {
    String home = on ? interests.add(conversation) : interests.remove(conversation);
    if (home != null) {
      links.offer(home, new Interest(conversation, on));
    }
  }

  /** Homes have changed: the new ones are told. */
  void moveTo(Homes homes) {
    interests
        .move(homes)
        .forEach(
            (home, moved) ->
                moved.forEach(conversation -> links.offer(home, new Interest(conversation, true))));
  }

  /** Tells a home everything again. */
  void tellAll(String home) {
    links.offer(home, new InterestReset());
    interests.of(home).forEach(id -> links.offer(home, new Interest(id, true)));
  }

  /** Compares with each home. */
  void compare(View view) {
    compared.keySet().removeIf(home -> !view.has(home));
    for (Node node : view.with(Role.HISTORY)) {
      String home = node.id();
      Digest digest = new Digest(self, interests.of(home).size(), interests.hashOf(home));
      Compared state = compared.computeIfAbsent(home, key -> new Compared());
      vertx
          .eventBus()
          .<DigestReply>request(Addresses.history(home), digest, DELIVERY)
          .onSuccess(reply -> agreed(home, state, reply.body()))
          .onFailure(failure -> missed(home, state));
    }
  }

  private void agreed(String home, Compared state, DigestReply reply) {
    state.missed = 0;
    epoch(reply.epoch());
    // Not at once: what was just committed is on its way with its answers, and comes first.
    vertx.setTimer(
        HEADS_LATER_MILLIS,
        later -> reply.heads().forEach((id, head) -> listener.known(id, head, false, 0)));
    boolean sameLink = reply.incarnation() == inbox.incarnation(home, DELIVERIES);
    if (!sameLink) {
      outbound.resend(home);
    }
    // With a link that was given up, the answers to interest may have gone too.
    boolean same = reply.same() && sameLink;
    state.differed = same || !links.idle(home) ? 0 : state.differed + 1;
    if (state.differed >= 2) {
      state.differed = 0;
      tellAll(home);
    }
  }

  /** Told when it is heard twice running, as homes learn of a new one a second apart. */
  private void epoch(String now) {
    boolean again = now.equals(heardEpoch);
    heardEpoch = now;
    if (again || !epochTold) {
      epochTold = true;
      listener.epoch(now);
    }
  }

  private void missed(String home, Compared state) {
    if (++state.missed < 2) {
      return;
    }
    List<UUID> all = new ArrayList<>(interests.of(home));
    for (int from = 0; from < all.size(); from += HEADS_AT_ONCE) {
      List<UUID> some = all.subList(from, Math.min(all.size(), from + HEADS_AT_ONCE));
      questions
          .ask(new ReadHeads(List.copyOf(some)), Heads.class, home)
          .onSuccess(
              heads -> heads.heads().forEach((id, head) -> listener.known(id, head, false, 0)));
    }
  }
}
