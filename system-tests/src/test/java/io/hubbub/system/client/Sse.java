package io.hubbub.system.client;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream of server-sent events, read line by line as the standard says. Its socket holds next to
 * nothing, so that a client that does not read is felt by the server at once.
 */
public final class Sse implements AutoCloseable {
  private static final int RECEIVE_BYTES = 4_096;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int SILENT_MILLIS = 60_000;

  /**
   * An event.
   *
   * @param name of its kind
   * @param data its JSON
   */
  public record Event(String name, JsonObject data) {}

  private final Socket socket;
  private final Map<String, String> headers;
  private final InputStream body;
  private final List<Event> events = new ArrayList<>();
  private @Nullable String lastId;
  private boolean paused;
  private boolean over;

  private Sse(Socket socket, Map<String, String> headers, InputStream body) {
    this.socket = socket;
    this.headers = headers;
    this.body = body;
    Thread reader = new Thread(this::read, "sse");
    reader.setDaemon(true);
    reader.start();
  }

  /** Opens a stream by a bearer token. */
  public static Sse open(Rest rest, String path, @Nullable String lastEventId) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Authorization", "Bearer " + rest.token());
    if (lastEventId != null) {
      headers.put("Last-Event-ID", lastEventId);
    }
    return open(rest.node(), path, headers);
  }

  /** Opens a stream with headers; throws where the answer is not 200. */
  public static Sse open(URI node, String path, Map<String, String> headers) throws IOException {
    Socket socket = Tls.socket(node);
    try {
      socket.setReceiveBufferSize(RECEIVE_BYTES);
      socket.setSoTimeout(SILENT_MILLIS);
      socket.connect(new InetSocketAddress(node.getHost(), node.getPort()), CONNECT_MILLIS);
      StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
      request.append("Host: ").append(node.getAuthority()).append("\r\n");
      headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
      socket
          .getOutputStream()
          .write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      String status = line(in);
      Map<String, String> answer = new TreeMap<>();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        answer.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      if (!status.startsWith("HTTP/1.1 200")) {
        throw new IOException(status.substring(9));
      }
      return new Sse(socket, answer, new Chunks(in));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection has ended");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  /** A chunked body (RFC 9112, 7.1). */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private int left;
    private boolean begun;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left == 0) {
        if (begun) {
          line(in);
        }
        begun = true;
        left = Integer.parseInt(line(in), 16);
        if (left == 0) {
          return -1;
        }
      }
      int count = in.read(into, from, Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), RECEIVE_BYTES)) {
      String name = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            add(new Event(name, new JsonObject(data.toString())));
          }
          name = "";
          data.setLength(0);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line, 6, line.length());
        } else if (line.startsWith("id: ")) {
          place(line.substring(4));
        }
        awaitReading();
      }
    } catch (IOException e) {
      // It has ended.
    } finally {
      ended();
    }
  }

  private synchronized void ended() {
    over = true;
  }

  private synchronized void add(Event event) {
    events.add(event);
  }

  private synchronized void place(String id) {
    lastId = id;
  }

  private synchronized void awaitReading() {
    try {
      while (paused) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads nothing more, or goes on. */
  public synchronized void paused(boolean now) {
    paused = now;
    notifyAll();
  }

  /** A header of the answer; empty where it has none of that name. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** Whether the server has ended it. */
  public synchronized boolean over() {
    return over;
  }

  /** The newest id. */
  public synchronized @Nullable String lastId() {
    return lastId;
  }

  /** All events so far. */
  public synchronized List<Event> events() {
    return List.copyOf(events);
  }

  /** The data of events of one kind. */
  public List<JsonObject> told(String name) {
    return events().stream().filter(event -> event.name().equals(name)).map(Event::data).toList();
  }

  /** A field of the newest event of a kind about somebody or something, or null. */
  public @Nullable Object newest(String name, String about, String whom, String field) {
    List<JsonObject> all =
        told(name).stream().filter(data -> whom.equals(data.getString(about))).toList();
    return all.isEmpty() ? null : all.get(all.size() - 1).getValue(field);
  }

  @Override
  public void close() throws IOException {
    paused(false);
    socket.close();
  }
}
