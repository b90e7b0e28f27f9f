package io.hubbub.api.hub;

import io.hubbub.api.link.Append;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Mark;
import io.vertx.core.Promise;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something sent to a home that has not been answered. Confined to the hub's context. */
final class Pending {
  final Item item;
  final UUID conversation;
  final long since;
  final Promise<Item> answer = Promise.promise();

  /** Run when it was done after its sender was told that nobody knows. */
  final Runnable late;

  @Nullable String home;

  /** Since when it waits for that home, at a monotonic time in milliseconds. */
  long given;

  /** How often it was given to a link and not answered since: any of these may still be done. */
  int copies;

  /** Whether one of them was refused for good. */
  boolean refused;

  /** At a monotonic time in milliseconds. */
  Pending(Item item, UUID conversation, long since, Runnable late) {
    this.item = item;
    this.conversation = conversation;
    this.since = since;
    this.late = late;
  }

  long id() {
    if (item instanceof Append append) {
      return append.id();
    }
    return ((Mark) item).id();
  }
}
