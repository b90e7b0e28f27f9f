package io.hubbub.api.bus;

/**
 * A message of the event bus, or a part of one. Each record that implements it also has a static
 * {@code read(In)} that takes back what {@link #write} put. Fields are only ever added at the end,
 * and read only when {@link In#version} says that the sender knew them.
 */
public interface Wire {
  /** Writes the fields in their fixed order. */
  void write(Out out);
}
