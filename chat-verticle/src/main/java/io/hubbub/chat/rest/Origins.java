package io.hubbub.chat.rest;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which web pages may talk to us: those of our own origin and of {@code http.origins}. Pure. */
public final class Origins {
  private final Set<String> listed;

  /**
   * Allows origins besides our own.
   *
   * @param origins such as {@code https://chat.example}; {@code *} for any
   */
  public Origins(List<String> origins) {
    listed =
        origins.stream()
            .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
            .filter(origin -> !origin.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether a page may.
   *
   * @param origin the request's {@code Origin}; null: no browser sent it across origins, so yes
   * @param host the request's {@code Host}
   */
  public boolean allowed(@Nullable String origin, @Nullable String host) {
    return origin == null || own(origin, host) || listed(origin);
  }

  /** Whether it is another origin that is listed. */
  boolean listed(String origin) {
    return listed.contains("*") || listed.contains(origin.toLowerCase(Locale.ROOT));
  }

  private static boolean own(String origin, @Nullable String host) {
    return host != null
        && (origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }
}
