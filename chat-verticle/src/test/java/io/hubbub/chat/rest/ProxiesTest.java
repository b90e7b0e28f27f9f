package io.hubbub.chat.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Only proxies of ours are believed where a client is, and only about who asked them. */
class ProxiesTest {
  private static final String PROXY = "10.0.0.5";
  private static final String CLIENT = "203.0.113.9";

  private final Proxies ours = new Proxies(List.of("10.0.0.0/24", "192.0.2.1", "fd00:1::/32"));

  @Test
  void nobodyIsBelievedUnlessNamed() {
    assertEquals("127.0.0.1", Proxies.NONE.client("127.0.0.1", List.of(CLIENT)));
    assertFalse(Proxies.NONE.secure("127.0.0.1", "https"));
    assertEquals("198.51.100.7", ours.client("198.51.100.7", List.of(CLIENT)));
    assertEquals("10.0.1.5", ours.client("10.0.1.5", List.of(CLIENT)));
    assertFalse(ours.secure("198.51.100.7", "https"));
    assertEquals("", ours.client("", List.of(CLIENT)));
  }

  @Test
  void aProxyOfOursSaysWhoAskedIt() {
    assertEquals(CLIENT, ours.client(PROXY, List.of(CLIENT)));
    assertEquals(CLIENT, ours.client("192.0.2.1", List.of(" " + CLIENT + "\t")));
    assertEquals(PROXY, ours.client(PROXY, List.of()));
    assertTrue(ours.secure(PROXY, "HTTPS"));
    assertFalse(ours.secure(PROXY, "http"));
    assertFalse(ours.secure(PROXY, null));
  }

  @Test
  void whatAClientWroteItselfStandsLeftOfItAndIsHearsay() {
    assertEquals(CLIENT, ours.client(PROXY, List.of("127.0.0.1, 10.0.0.9, " + CLIENT)));
    assertEquals(CLIENT, ours.client(PROXY, List.of("1.1.1.1", "2.2.2.2," + CLIENT)));
    assertEquals(CLIENT, ours.client(PROXY, List.of("nonsense, " + CLIENT)));
  }

  @Test
  void severalProxiesOfOursInARowArePassedBy() {
    assertEquals(CLIENT, ours.client(PROXY, List.of("1.1.1.1, " + CLIENT + ", 10.0.0.9")));
    assertEquals(CLIENT, ours.client(PROXY, List.of(CLIENT, "192.0.2.1", "10.0.0.9")));
    assertEquals("10.0.0.8", ours.client(PROXY, List.of("10.0.0.8, 10.0.0.9")));
  }

  @Test
  void whereAHeaderIsMalformedTheLastKnownAddressCounts() {
    for (String bad :
        List.of(
            "",
            ",",
            "unknown",
            "_hidden",
            "localhost",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "::g",
            "1.2.3.4:port",
            "[::1",
            "1.2.3.4 5.6.7.8",
            "\"1.2.3.4\"",
            "for=1.2.3.4",
            CLIENT + ",")) {
      assertEquals(PROXY, ours.client(PROXY, List.of(bad)), bad);
    }
    assertEquals("10.0.0.9", ours.client(PROXY, List.of(CLIENT + ", unknown, 10.0.0.9")));
  }

  @Test
  void ipv6IsReadInAllItsForms() {
    String plain = "2001:db8:0:0:0:0:0:7";
    for (String form :
        List.of("2001:db8::7", "2001:DB8:0:0::7", "[2001:db8::7]", "[2001:db8::7]:443")) {
      assertEquals(plain, ours.client("fd00:1:0:0:0:0:0:2", List.of(form)), form);
    }
    assertEquals("fd00:2:0:0:0:0:0:2", ours.client("fd00:2:0:0:0:0:0:2", List.of(CLIENT)));
    assertEquals(CLIENT, ours.client(PROXY, List.of("::ffff:" + CLIENT)));
    assertEquals(CLIENT, ours.client(PROXY, List.of(CLIENT + ":51000")));
    assertEquals(CLIENT, ours.client("::ffff:" + PROXY, List.of(CLIENT)));
  }

  @Test
  void blocksEndWhereTheyShould() {
    Proxies odd = new Proxies(List.of("10.1.2.192/27", "2001:db8::/33"));
    assertTrue(odd.secure("10.1.2.223", "https"));
    assertFalse(odd.secure("10.1.2.224", "https"));
    assertFalse(odd.secure("10.1.2.191", "https"));
    assertTrue(odd.secure("2001:db8:7fff::1", "https"));
    assertFalse(odd.secure("2001:db8:8000::1", "https"));
  }

  @Test
  void whatIsNoAddressOrAllOfThemIsRefused() {
    for (String bad :
        List.of(
            "",
            "proxy",
            "10.0.0.0/",
            "10.0.0.0/0",
            "::/0",
            "10.0.0.0/33",
            "10.0.0.0/-1",
            "10.0.0.0/8/8",
            "fd00::/129",
            "10.0.0.0/x",
            "*")) {
      assertThrows(IllegalArgumentException.class, () -> new Proxies(List.of(bad)), bad);
    }
  }

  @Property
  void noHeaderMakesAClientOfOneWhoIsNotAskedByAProxy(@ForAll @Size(max = 5) List<String> headers) {
    assertEquals(CLIENT, ours.client(CLIENT, headers));
    List<String> handedOn = new ArrayList<>(headers);
    handedOn.add(CLIENT);
    assertEquals(CLIENT, ours.client(PROXY, handedOn));
  }
}
