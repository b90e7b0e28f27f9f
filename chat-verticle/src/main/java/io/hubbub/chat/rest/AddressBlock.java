package io.hubbub.chat.rest;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An address, or a block of addresses (CIDR), of IPv4 or IPv6. Pure: no name is ever looked up. */
final class AddressBlock {
  private final byte[] network;
  private final int bits;

  private AddressBlock(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Reads {@code 10.0.0.7}, {@code 10.0.0.0/8} or {@code fd00::/8}.
   *
   * @throws IllegalArgumentException for anything else, and for a block of all addresses
   */
  static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address != null) {
      byte[] bytes = address.getAddress();
      int most = 8 * bytes.length;
      String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
      if (length.matches("[1-9][0-9]{0,2}") && Integer.parseInt(length) <= most) {
        return new AddressBlock(bytes, Integer.parseInt(length));
      }
    }
    throw new IllegalArgumentException("addresses or blocks such as 10.0.0.7 or fd00::/8");
  }

  /** The address that a text is; null for names and all else. */
  static @Nullable InetAddress literal(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) {
      return null;
    }
    try {
      return InetAddress.getByAddress(bytes); // Of IPv4, too, where it was written as IPv6.
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether an address is in it. */
  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(bytes, 0, whole, network, 0, whole)
        && (rest == 0 || ((bytes[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0);
  }
}
