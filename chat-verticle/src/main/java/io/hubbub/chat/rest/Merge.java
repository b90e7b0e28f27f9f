package io.hubbub.chat.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that several nodes hold parts of, made of a page of each. Nothing is left out
 * between two pages: what lies behind the end of a part that goes on waits for the next one. Pure.
 *
 * @param items in order of their keys
 * @param next the key to go on behind, or null after the last page
 */
record Merge<K, T>(List<T> items, @Nullable K next) {

  /**
   * A part.
   *
   * @param items in order of their keys
   * @param until the key up to which the part speaks, or null where there is nothing behind it
   */
  record Part<K, T>(List<T> items, @Nullable K until) {}

  /**
   * The page.
   *
   * @param better which of two of the same key counts
   */
  static <K, T> Merge<K, T> of(
      List<Part<K, T>> parts,
      Function<T, K> key,
      Comparator<K> order,
      BinaryOperator<T> better,
      int limit) {
    @Nullable K until = null;
    TreeMap<K, T> all = new TreeMap<>(order);
    for (Part<K, T> part : parts) {
      K end = part.until();
      if (end != null && (until == null || order.compare(end, until) < 0)) {
        until = end;
      }
      part.items().forEach(item -> all.merge(key.apply(item), item, better));
    }
    List<T> page = new ArrayList<>();
    for (T item : (until == null ? all : all.headMap(until, true)).values()) {
      if (page.size() == limit) {
        return new Merge<>(page, key.apply(page.get(limit - 1)));
      }
      page.add(item);
    }
    return new Merge<>(page, until);
  }
}
