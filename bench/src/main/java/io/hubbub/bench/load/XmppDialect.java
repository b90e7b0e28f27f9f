package io.hubbub.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * XMPP over WebSocket (RFC 7395) with rooms (XEP-0045); a conversation of two is a room too. There
 * are no numbers, so each sender counts its messages to each room in their bodies: a receiver must
 * see each sender's without a hole, and at the end all must have seen equally many.
 */
public final class XmppDialect implements Dialect {
  private static final String DOMAIN = "localhost";
  private static final String ROOMS = "@conference." + DOMAIN + "/";
  private static final String OPEN =
      "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='" + DOMAIN + "' version='1.0'/>";
  private static final String BIND =
      "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
  private static final String BODY = "<body>";
  private static final int STAMP = 16;

  /** An odd number that spreads senders over the ids of what is counted. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final UnaryOperator<String> passwords;
  private final Map<Long, Long> said = new HashMap<>();
  private final Map<Integer, Integer> joining = new HashMap<>();

  /** With a password for each user. */
  public XmppDialect(UnaryOperator<String> passwords) {
    this.passwords = passwords;
  }

  @Override
  public String path(Client client) {
    return "/ws";
  }

  @Override
  public String subprotocol() {
    return "xmpp";
  }

  @Override
  public void opened(Client client) {
    client.write(OPEN);
  }

  @Override
  public String message(Client client, World.Room room, String key, String body) {
    long count = said.merge(counted(room.id(), client.user()), 1L, Long::sum);
    return "<message type='groupchat' to='"
        + room.id()
        + "@conference."
        + DOMAIN
        + "' id='"
        + key
        + "'><body>"
        + body.substring(0, STAMP)
        + count
        + body.substring(STAMP)
        + "</body></message>";
  }

  @Override
  public void frame(Client client, ByteBuf data, int from, int to) {
    String stanza = data.toString(from, to - from, StandardCharsets.UTF_8);
    try {
      if (stanza.startsWith("<message") && stanza.endsWith("</message>")) {
        message(client, stanza);
      } else if (stanza.startsWith("<presence") || stanza.startsWith("<open")) {
        if (stanza.contains("type='error'")) {
          client.wrong("not let in: " + stanza);
        }
      } else {
        negotiate(client, stanza);
      }
    } catch (RuntimeException e) {
      client.wrong("not to be read: " + stanza);
    }
  }

  private void negotiate(Client client, String stanza) {
    if (stanza.contains("<mechanisms")) {
      byte[] plain =
          ("\0" + client.user() + "\0" + passwords.apply(client.user()))
              .getBytes(StandardCharsets.UTF_8);
      client.write(
          "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>"
              + Base64.getEncoder().encodeToString(plain)
              + "</auth>");
    } else if (stanza.startsWith("<success")) {
      client.write(OPEN);
    } else if (stanza.contains("urn:ietf:params:xml:ns:xmpp-bind") && stanza.contains("features")) {
      client.write(BIND);
    } else if (stanza.startsWith("<iq") && stanza.contains("id='bind'")) {
      join(client);
    } else {
      client.wrong("unknown stanza: " + stanza);
    }
  }

  private void join(Client client) {
    client.write("<presence/>");
    joining.put(client.index(), client.rooms().size());
    if (client.rooms().isEmpty()) {
      client.ready();
    }
    for (World.Room room : client.rooms()) {
      client.write(
          "<presence to='"
              + room.id()
              + ROOMS
              + client.user()
              + "'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>"
              + "</presence>");
    }
  }

  private void message(Client client, String stanza) {
    String head = stanza.substring(0, stanza.indexOf('>'));
    if (head.contains("type='error'")) {
      client.error("message refused");
      return;
    }
    int body = stanza.indexOf(BODY);
    if (body < 0) {
      // The subject of a room is the last thing that who joins is sent (XEP-0045, 7.2.15).
      if (stanza.contains("<subject") && joining.merge(client.index(), -1, Integer::sum) == 0) {
        client.ready();
      }
      return;
    }
    String from = attribute(head, " from='");
    UUID room = UUID.fromString(from.substring(0, from.indexOf('@')));
    String sender = from.substring(from.indexOf('/') + 1);
    int stamp = body + BODY.length();
    int count = stamp + STAMP;
    int end = stanza.indexOf(' ', count);
    long id = counted(room, sender);
    if (client.numbers.last(id) == 0) {
      client.numbers.begin(id, 0);
    }
    client.entry(id, Long.parseLong(stanza, count, end, 10));
    // How many there were of all senders, as everybody must have seen all at the end.
    client.begins(room, client.last(room) + 1);
    if (client.looks()) {
      client.stamped(
          sender.equals(client.user()), Long.parseUnsignedLong(stanza, stamp, count, 16));
    }
  }

  private static String attribute(String head, String before) {
    int from = head.indexOf(before) + before.length();
    return head.substring(from, head.indexOf('\'', from));
  }

  /** What a sender's messages to a room are counted under. */
  private static long counted(UUID room, String sender) {
    return Lines.id(room) + Long.parseLong(sender, 1, sender.length(), 10) * SPREAD + 1;
  }
}
