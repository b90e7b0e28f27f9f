package io.hubbub.api.log;

/** Something with a place in a conversation's log. */
public interface Numbered {
  /** Its number: 1, 2, 3 … without holes. */
  long seq();

  /** About how many bytes it takes in a queue. */
  int weight();
}
