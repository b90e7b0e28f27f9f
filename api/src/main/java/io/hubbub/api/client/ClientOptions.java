package io.hubbub.api.client;

import io.hubbub.api.hub.HubOptions;

/**
 * Bounds and times of a {@link HubbubClient}.
 *
 * @param hub those of its connection to the homes
 * @param pageEntries how many entries a subscription reads at once, 1 to 200
 * @param holdBytes about how many bytes of entries a subscription holds while its handler is busy;
 *     what comes beyond is read again later
 * @param tickMillis how often a subscription tries again what failed, in milliseconds
 * @param retryFirstMillis how long {@link HubbubClient#surely} waits at most before its second
 *     attempt, in milliseconds; twice as long before each later one
 * @param retryMostMillis how long it waits at most before any attempt, in milliseconds
 * @param retryForMillis after how many milliseconds it makes no further attempt
 */
public record ClientOptions(
    HubOptions hub,
    int pageEntries,
    int holdBytes,
    long tickMillis,
    long retryFirstMillis,
    long retryMostMillis,
    long retryForMillis) {
  /** 100 entries, 1 MiB, 1 s, 100 ms, 2 s, 2 minutes. */
  public static final ClientOptions DEFAULT =
      new ClientOptions(HubOptions.DEFAULT, 100, 1 << 20, 1_000, 100, 2_000, 120_000);
}
