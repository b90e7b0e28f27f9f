package io.hubbub.presence;

import io.hubbub.api.link.Lease;
import io.hubbub.api.link.Watch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one edge has told: who has sessions there, in which version, and who is watched, with the
 * hash that its digests are compared with. Confined to one thread.
 */
final class EdgePart {
  private final Map<String, Long> versions = new HashMap<>();
  private final Set<String> watched = new HashSet<>();
  private final Set<String> leasesBefore = new HashSet<>();
  private final Set<String> watchedBefore = new HashSet<>();
  private long hash;

  /** When something was heard from it last, monotonic milliseconds. */
  long heardAt;

  void lease(String user, long version) {
    leasesBefore.remove(user);
    over(user);
    versions.put(user, version);
    hash ^= Lease.hash(user, version);
  }

  /** No session of the user is there any more. */
  void over(String user) {
    leasesBefore.remove(user);
    Long version = versions.remove(user);
    if (version != null) {
      hash ^= Lease.hash(user, version);
    }
  }

  void watch(String user) {
    watchedBefore.remove(user);
    if (watched.add(user)) {
      hash ^= Watch.hash(user);
    }
  }

  void unwatch(String user) {
    watchedBefore.remove(user);
    if (watched.remove(user)) {
      hash ^= Watch.hash(user);
    }
  }

  /** All of it is about to be told again. */
  void begin() {
    leasesBefore.clear();
    leasesBefore.addAll(versions.keySet());
    watchedBefore.clear();
    watchedBefore.addAll(watched);
  }

  /** Who had sessions and was not told of again. */
  Set<String> leasesNotTold() {
    return Set.copyOf(leasesBefore);
  }

  /** Who was watched and was not told of again. */
  Set<String> watchesNotTold() {
    return Set.copyOf(watchedBefore);
  }

  Set<String> leased() {
    return Set.copyOf(versions.keySet());
  }

  Set<String> watched() {
    return Set.copyOf(watched);
  }

  boolean same(int count, long theirs) {
    return versions.size() + watched.size() == count && hash == theirs;
  }
}
