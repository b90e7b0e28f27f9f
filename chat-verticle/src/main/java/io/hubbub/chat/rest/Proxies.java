package io.hubbub.chat.rest;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which peers are proxies of ours ({@code http.proxies}), and what is believed because of that.
 * Anybody can write headers: so {@code X-Forwarded-For} and {@code X-Forwarded-Proto} count only in
 * what such a peer hands on. Immutable.
 */
public final class Proxies {
  /** Nobody is one. */
  public static final Proxies NONE = new Proxies(List.of());

  private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]*]|[0-9.]+):[0-9]{1,5}");

  private final List<AddressBlock> trusted;

  /**
   * Trusts some.
   *
   * @param blocks addresses or CIDR blocks, of IPv4 or IPv6
   * @throws IllegalArgumentException when one is neither, or is a block of all addresses
   */
  public Proxies(List<String> blocks) {
    trusted = blocks.stream().map(AddressBlock::parse).toList();
  }

  /** Where a request came from, IPv6 without abbreviation; empty where that is no address. */
  public String client(HttpServerRequest request) {
    String peer = peer(request);
    return trusted.isEmpty() ? peer : client(peer, request.headers().getAll("X-Forwarded-For"));
  }

  /** Whether a request came over TLS, to us or to a proxy of ours. */
  boolean secure(HttpServerRequest request) {
    return request.isSSL() || secure(peer(request), request.getHeader("X-Forwarded-Proto"));
  }

  /**
   * Each proxy adds the address that it was asked from at the right; so the first one from there
   * that is not ours asked the outermost of ours, and what stands left of it is hearsay.
   */
  String client(String peer, List<String> forwarded) {
    String found = peer;
    if (trusts(AddressBlock.literal(peer))) {
      String[] hops = String.join(",", forwarded).split(",", -1);
      for (int i = hops.length - 1; i >= 0; i--) {
        InetAddress hop = hop(hops[i].strip());
        if (hop == null) {
          break; // Who asked that proxy is not known: the proxy itself is all there is.
        }
        found = hop.getHostAddress();
        if (!trusts(hop)) {
          break;
        }
      }
    }
    return found;
  }

  /** Whether a peer may say, and says, that it was asked over TLS. */
  boolean secure(String peer, @Nullable String proto) {
    return "https".equalsIgnoreCase(proto) && trusts(AddressBlock.literal(peer));
  }

  private boolean trusts(@Nullable InetAddress address) {
    return address != null && trusted.stream().anyMatch(block -> block.contains(address));
  }

  /** Some proxies write the port, too. */
  private static @Nullable InetAddress hop(String text) {
    boolean port = WITH_PORT.matcher(text).matches();
    return AddressBlock.literal(port ? text.substring(0, text.lastIndexOf(':')) : text);
  }

  private static String peer(HttpServerRequest request) {
    SocketAddress remote = request.remoteAddress();
    String host = remote == null ? null : remote.hostAddress();
    return host == null ? "" : host;
  }
}
