package io.hubbub.api.bus;

/**
 * What an edge believes a home knows of it, every two seconds. Answered by {@link DigestReply}.
 *
 * @param edge who asks
 * @param count how many conversations of this home it has told its interest in
 * @param hash the exclusive or of their hashes
 */
public record Digest(String edge, int count, long hash) implements Wire {
  @Override
  public void write(Out out) {
    out.text(edge);
    out.varint(count);
    out.varint(hash);
  }

  /** The inverse of {@link #write}. */
  public static Digest read(In in) {
    return new Digest(in.text(), in.count(), in.varint());
  }
}
