package io.hubbub.presence;

import io.hubbub.api.presence.Chosen;
import io.hubbub.api.query.KeptPresence;
import io.hubbub.api.query.KeptPresences;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads what is kept of users. One question is in flight; what comes meanwhile makes the next, once
 * each. Holds no more than the users of the home. Confined to the verticle's context.
 */
final class Loader {
  private static final int AT_ONCE = 1_000;

  private final Function<List<String>, Future<KeptPresences>> read;
  private final Consumer<KeptPresence> sink;
  private final Set<String> waiting = new LinkedHashSet<>();
  private boolean busy;

  /**
   * Reads with a question.
   *
   * @param sink is given what was found, for each user that was asked about
   */
  Loader(Function<List<String>, Future<KeptPresences>> read, Consumer<KeptPresence> sink) {
    this.read = read;
    this.sink = sink;
  }

  void ask(String user) {
    waiting.add(user);
    next();
  }

  /** Asks what waits: to be called now and then, as what failed is not asked again at once. */
  void next() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    busy = true;
    List<String> some = new ArrayList<>(Math.min(AT_ONCE, waiting.size()));
    for (Iterator<String> each = waiting.iterator(); each.hasNext() && some.size() < AT_ONCE; ) {
      some.add(each.next());
      each.remove();
    }
    read.apply(some)
        .onSuccess(found -> hand(some, found))
        .onComplete(
            done -> {
              busy = false;
              if (done.succeeded()) {
                next();
              } else {
                waiting.addAll(some);
              }
            });
  }

  private void hand(List<String> asked, KeptPresences found) {
    Map<String, KeptPresence> rows = new HashMap<>();
    found.rows().forEach(row -> rows.put(row.user(), row));
    for (String user : asked) {
      sink.accept(rows.getOrDefault(user, new KeptPresence(user, Chosen.NONE, 0)));
    }
  }
}
