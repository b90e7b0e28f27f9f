package io.hubbub.api.hub;

import io.hubbub.api.bus.Digest;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.link.Interest;
import io.hubbub.api.link.InterestReset;
import io.hubbub.api.query.Heads;
import io.hubbub.api.query.ReadHeads;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Tells homes in which conversations this node has somebody; where a home is silent, asks others
 * how far they have come.
 */
final class InterestKeeper {
  private static final int HEADS_AT_ONCE = 1_000;

  private final String self;
  private final HomeLinks links;
  private final Questions questions;
  private final HubListener listener;
  private final Predicate<String> silent;
  private final Interests<UUID> interests = Interests.ofConversations();

  /** For a node; the homes that the test names are told nothing until they answer again. */
  InterestKeeper(
      String self,
      HomeLinks links,
      Questions questions,
      HubListener listener,
      Predicate<String> silent) {
    this.self = self;
    this.links = links;
    this.questions = questions;
    this.listener = listener;
    this.silent = silent;
  }

  void set(UUID conversation, boolean on) {
    String home = on ? interests.add(conversation) : interests.remove(conversation);
    if (home != null) {
      tell(home, conversation, on);
    }
  }

  /** Homes have changed: the new ones are told. */
  void moveTo(Homes homes) {
    interests
        .move(homes)
        .forEach((home, moved) -> moved.forEach(conversation -> tell(home, conversation, true)));
  }

  private void tell(String home, UUID conversation, boolean on) {
    if (!silent.test(home)) {
      links.offer(home, new Interest(conversation, on));
    }
  }

  /** Tells a home everything again. */
  void tellAll(String home) {
    links.offer(home, new InterestReset());
    interests.of(home).forEach(id -> links.offer(home, new Interest(id, true)));
  }

  /** What a home should know. */
  Digest digest(String home) {
    return new Digest(self, interests.of(home).size(), interests.hashOf(home));
  }

  /** Asks other nodes for the heads of a home's conversations. */
  void askElsewhere(String home) {
    List<UUID> all = new ArrayList<>(interests.of(home));
    for (int from = 0; from < all.size(); from += HEADS_AT_ONCE) {
      List<UUID> some = all.subList(from, Math.min(all.size(), from + HEADS_AT_ONCE));
      questions
          .ask(new ReadHeads(List.copyOf(some)), Heads.class)
          .onSuccess(heads -> heads.heads().forEach(listener::known));
    }
  }
}
