package io.hubbub.api.client;

import io.hubbub.api.hub.HubListener;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.presence.Presence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All subscriptions of a client, by conversation. Confined to the client's context. */
final class Feeds implements HubListener {
  private final BiConsumer<UUID, Boolean> interest;
  private final Sightings sightings;
  private final Map<UUID, List<Feed>> feeds = new HashMap<>();
  private volatile String epoch = "";

  /**
   * Without any yet.
   *
   * @param interest told when the first one of a conversation comes and the last one goes
   * @param sightings told how watched users are seen
   */
  Feeds(BiConsumer<UUID, Boolean> interest, Sightings sightings) {
    this.interest = interest;
    this.sightings = sightings;
  }

  void add(Feed feed) {
    List<Feed> same = feeds.computeIfAbsent(feed.conversation(), key -> new ArrayList<>(1));
    same.add(feed);
    if (same.size() == 1) {
      interest.accept(feed.conversation(), true);
    }
    feed.begin();
  }

  void remove(Feed feed) {
    List<Feed> same = feeds.get(feed.conversation());
    if (same != null && same.remove(feed) && same.isEmpty()) {
      feeds.remove(feed.conversation());
      interest.accept(feed.conversation(), false);
    }
  }

  void tick() {
    all().forEach(Feed::tick);
  }

  /** Ends all of them, well or with a failure. */
  void end(@Nullable Throwable failure) {
    all().forEach(feed -> feed.end(failure));
  }

  /** The log's epoch, safe from any thread. */
  String epoch() {
    return epoch;
  }

  @Override
  public void entries(UUID conversation, List<Entry> entries, int members) {
    each(conversation, feed -> feed.entries(entries));
  }

  @Override
  public void known(UUID conversation, long head, boolean answer, int members) {
    each(conversation, feed -> feed.known(head));
  }

  @Override
  public void shown(Presence presence) {
    sightings.shown(presence);
  }

  @Override
  public void epoch(String now) {
    String before = epoch;
    if (now.isEmpty() || now.equals(before)) {
      return;
    }
    epoch = now;
    if (!before.isEmpty()) {
      end(new HubbubException(ErrorCode.GONE, "another log answers now: read it from its start"));
    }
  }

  private void each(UUID conversation, Consumer<Feed> action) {
    List<Feed> some = feeds.get(conversation);
    if (some != null) {
      List.copyOf(some).forEach(action);
    }
  }

  private List<Feed> all() {
    List<Feed> all = new ArrayList<>();
    feeds.values().forEach(all::addAll);
    return all;
  }
}
