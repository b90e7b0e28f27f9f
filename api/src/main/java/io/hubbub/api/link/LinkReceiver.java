package io.hubbub.api.link;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The receiving half of all links that end here, without any I/O: says of each batch whether to
 * take it, and remembers what was taken. Confined to one thread.
 */
public final class LinkReceiver {
  /** What to do about a batch. */
  public enum Verdict {
    /** Take it; call {@link #done} when it has been dealt with. */
    TAKE,
    /**
     * Take it; it begins a new incarnation, so what the sender did not hear is to be told again.
     */
    TAKE_ANEW,
    /** It was dealt with before. */
    DONE,
    /** It is being dealt with. */
    WORKING,
    /** Out of order, of an older incarnation, or a question about one that never came. */
    UNKNOWN
  }

  private record Key(String from, String lane) {}

  private static final class Progress {
    private long incarnation;
    private long done;
    private long current;
  }

  private final Map<Key, Progress> links = new HashMap<>();

  /** Decides about a batch. One without items asks what became of the batch of that number. */
  public Verdict receive(LinkBatch batch) {
    Key key = new Key(batch.from(), batch.lane());
    Progress known = links.get(key);
    boolean question = batch.items().isEmpty();
    if (known == null || batch.incarnation() > known.incarnation) {
      if (question || batch.number() != 1) {
        return Verdict.UNKNOWN;
      }
      Progress fresh = new Progress();
      fresh.incarnation = batch.incarnation();
      fresh.current = 1;
      links.put(key, fresh);
      return Verdict.TAKE_ANEW;
    }
    if (batch.incarnation() < known.incarnation) {
      return Verdict.UNKNOWN;
    }
    if (batch.number() <= known.done) {
      return Verdict.DONE;
    }
    if (batch.number() == known.current) {
      return Verdict.WORKING;
    }
    if (question || known.current != 0 || batch.number() != known.done + 1) {
      return Verdict.UNKNOWN;
    }
    known.current = batch.number();
    return Verdict.TAKE;
  }

  /** A batch that was taken has been dealt with. */
  public void done(LinkBatch batch) {
    Progress known = links.get(new Key(batch.from(), batch.lane()));
    if (known != null
        && known.incarnation == batch.incarnation()
        && known.current == batch.number()) {
      known.done = batch.number();
      known.current = 0;
    }
  }

  /** Whether a batch that was taken still counts: its link has not been forgotten or renewed. */
  public boolean current(LinkBatch batch) {
    Progress known = links.get(new Key(batch.from(), batch.lane()));
    return known != null
        && known.incarnation == batch.incarnation()
        && known.current == batch.number();
  }

  /** Forgets one link, so that its sender begins anew and tells again what was not answered. */
  public void forget(String from, String lane) {
    links.remove(new Key(from, lane));
  }

  /** Forgets all links from the nodes that a test names. */
  public void forget(Predicate<String> from) {
    links.keySet().removeIf(key -> from.test(key.from()));
  }

  /** The incarnation of a link, or 0 where there is none. */
  public long incarnation(String from, String lane) {
    Progress known = links.get(new Key(from, lane));
    return known == null ? 0 : known.incarnation;
  }
}
