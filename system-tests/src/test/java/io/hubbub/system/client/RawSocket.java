package io.hubbub.system.client;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A WebSocket client by hand (RFC 6455) that may break every rule: bad frames, bad UTF-8, no
 * reading at all. For one thread.
 */
public final class RawSocket implements AutoCloseable {
  /** Opcodes of frames. */
  public static final int CONTINUATION = 0;

  /** A text frame. */
  public static final int TEXT = 1;

  /** A binary frame. */
  public static final int BINARY = 2;

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final byte[] MASK = {0x21, 0x43, 0x65, 0x07};

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;
  private final Deque<String> lines = new ArrayDeque<>();
  private String status = "";
  private int closeCode;
  private String closeReason = "";

  /** Opens a socket to a node. */
  public RawSocket(URI node) throws IOException {
    this(node, "");
  }

  /**
   * Opens a socket to a node.
   *
   * @param headers more header lines, each ending in CR LF
   */
  public RawSocket(URI node, String headers) throws IOException {
    this(node, headers, "0.0.0.0");
  }

  /**
   * Opens a socket to a node, or to what stands before some.
   *
   * @param headers more header lines, each ending in CR LF
   * @param from the address that it comes from, one of this machine's
   */
  public RawSocket(URI node, String headers, String from) throws IOException {
    socket = Tls.socket(node);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(node.getHost(), node.getPort()), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setReceiveBufferSize(16 << 10);
    out = socket.getOutputStream();
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    String request =
        "GET /v1/socket HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                .formatted(node.getHost(), node.getPort())
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: hubbub.v1\r\n"
            + headers
            + "\r\n";
    out.write(request.getBytes(StandardCharsets.UTF_8));
    status = readHead();
  }

  /** The status line of the handshake's answer. */
  public String status() {
    return status;
  }

  /** Sends a frame. */
  public RawSocket frame(int opcode, boolean last, byte[] payload) throws IOException {
    head(opcode, last, payload.length);
    byte[] masked = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      masked[i] = (byte) (payload[i] ^ MASK[i % 4]);
    }
    out.write(masked);
    out.flush();
    return this;
  }

  /** Sends the beginning of a frame, which tells its length. */
  public RawSocket head(int opcode, boolean last, int length) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.write((last ? 0x80 : 0) | opcode);
    if (length < 126) {
      head.write(0x80 | length);
    } else if (length < 65_536) {
      head.write(0x80 | 126);
      head.write(length >> 8);
      head.write(length);
    } else {
      head.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        head.write((int) ((long) length >> shift));
      }
    }
    head.write(MASK);
    out.write(head.toByteArray());
    return this;
  }

  /** Sends text. */
  public RawSocket text(String text) throws IOException {
    return frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The next line that the server sends; fails when it has closed the socket. */
  public JsonObject next() throws IOException {
    while (lines.isEmpty()) {
      if (closeCode != 0 || !readFrame()) {
        throw new EOFException("closed with " + closeCode + " " + closeReason);
      }
    }
    return new JsonObject(lines.remove());
  }

  /** The next line that answers a command. */
  public JsonObject reply() throws IOException {
    JsonObject line = next();
    while (!line.containsKey("id")) {
      line = next();
    }
    return line;
  }

  /** Says hello and expects to be welcome. */
  public RawSocket hello(String token) throws IOException {
    text("{\"op\":\"hello\",\"id\":0,\"token\":\"" + token + "\"}");
    JsonObject reply = reply();
    if (!reply.containsKey("ok")) {
      throw new IOException("hello was answered " + reply);
    }
    return this;
  }

  /** The code that the server closes with; everything before it is skipped. 0: just gone. */
  public int awaitClose() throws IOException {
    try {
      while (closeCode == 0) {
        lines.clear();
        if (!readFrame()) {
          break;
        }
      }
    } catch (EOFException | java.net.SocketException e) {
      return closeCode;
    }
    return closeCode;
  }

  /** The reason that the server closed with. */
  public String closeReason() {
    return closeReason;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private boolean readFrame() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    long length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = in.readNBytes((int) length);
    int opcode = first & 0x0f;
    if (opcode == TEXT) {
      new String(payload, StandardCharsets.UTF_8).lines().forEach(lines::add);
    } else if (opcode == CLOSE && payload.length >= 2) {
      closeCode = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
      closeReason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    } else if (opcode == PING) {
      frame(10, true, payload);
    }
    return true;
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
