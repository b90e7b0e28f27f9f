package io.hubbub.chat.rest;

import java.util.List;

/**
 * The bounds of REST.
 *
 * @param origins {@code http.origins}: web origins other than our own whose pages may call us, such
 *     as {@code https://chat.example}; {@code *} for any. Default none
 * @param proxies {@code http.proxies}: who is believed where a request came from; default nobody
 * @param requestBytes {@code http.body.bytes}: of a request's body; default 128 KiB
 * @param bodyBytes {@code limits.body.bytes}: of a message's text; default 64 KiB
 * @param members {@code limits.members.per.call}: users named in one call; default 1,000
 * @param friends {@code limits.friends}: users that one may ask and block together; default 5,000
 * @param answerBytes {@code http.answer.bytes}: of one page of a log, after which it says that
 *     there is more; default 1 MiB
 * @param loginsPerAddress {@code limits.logins.per.address}: sign-ups and failed log-ins a second
 *     from one address; default 1 after a burst of 100; 0 for no limit
 * @param loginsPerName {@code limits.logins.per.name}: failed log-ins a second of one name; default
 *     0.1 after a burst of 10; 0 for no limit
 */
public record RestOptions(
    List<String> origins,
    Proxies proxies,
    int requestBytes,
    int bodyBytes,
    int members,
    int friends,
    int answerBytes,
    double loginsPerAddress,
    double loginsPerName) {

  /** The defaults. */
  public static RestOptions defaults() {
    return new RestOptions(
        List.of(), Proxies.NONE, 128 * 1024, 64 * 1024, 1000, 5_000, 1024 * 1024, 1, 0.1);
  }

  /** With other origins. */
  public RestOptions withOrigins(List<String> others) {
    return new RestOptions(
        List.copyOf(others),
        proxies,
        requestBytes,
        bodyBytes,
        members,
        friends,
        answerBytes,
        loginsPerAddress,
        loginsPerName);
  }
}
