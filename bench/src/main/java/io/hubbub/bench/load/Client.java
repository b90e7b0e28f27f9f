package io.hubbub.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client: its socket, what it has seen of each conversation, and what it waits for. Confined to
 * the load's event loop.
 */
public final class Client extends ChannelInboundHandlerAdapter {
  private static final String FILLER =
      " And so they talked on, of this and of that, until the lamp went out at last.......";

  final int index;
  final String user;
  final byte[] userBytes;
  final List<World.Room> rooms;
  final Numbers numbers;

  private final Dialect dialect;
  private final Play play;
  private final Tally tally;
  private final boolean sampled;
  private @Nullable Channel channel;
  private @Nullable ByteBuf rest;
  private boolean upgraded;
  private boolean leaving;
  private long counter;
  private boolean sends;
  private final BitSet online = new BitSet();
  private Consumer<Client> arrived = any -> {};

  /**
   * A client that is not connected yet.
   *
   * @param sampled whether it measures how long each delivery took; all senders see their own
   */
  Client(
      int index, List<World.Room> rooms, Dialect dialect, Play play, Tally tally, boolean sampled) {
    this(index, rooms, dialect, play, tally, sampled, new Numbers());
  }

  private Client(
      int index,
      List<World.Room> rooms,
      Dialect dialect,
      Play play,
      Tally tally,
      boolean sampled,
      Numbers numbers) {
    this.index = index;
    this.user = World.name(index);
    this.userBytes = user.getBytes(StandardCharsets.UTF_8);
    this.rooms = rooms;
    this.dialect = dialect;
    this.play = play;
    this.tally = tally;
    this.sampled = sampled;
    this.numbers = numbers;
  }

  /**
   * The same one, not connected, which knows what it has seen.
   *
   * @param measures whether it measures how long each delivery took
   */
  public Client again(boolean measures) {
    return new Client(index, rooms, dialect, play, tally, measures, numbers);
  }

  /** Runs something, besides the play, when the server knows it. */
  void onReady(Consumer<Client> arrival) {
    arrived = arrival;
  }

  /** Its number, from 0. */
  public int index() {
    return index;
  }

  /** What it is called. */
  public String user() {
    return user;
  }

  /** The conversations that it is in. */
  public List<World.Room> rooms() {
    return rooms;
  }

  /** Whether it has to look at who sent what it is sent. */
  boolean looks() {
    return sampled || sends;
  }

  /** Says something in a conversation, now. */
  public void say(World.Room room) {
    say(room, System.nanoTime());
  }

  /** Says something that should have been said at a time of {@link System#nanoTime}. */
  public void say(World.Room room, long due) {
    sends = true;
    String body = stamp(due) + FILLER;
    write(dialect.message(this, room, key(), body));
  }

  /** Writes a text frame. */
  public void write(String text) {
    Channel open = channel;
    if (open != null) {
      open.writeAndFlush(Frames.text(open.alloc(), text), open.voidPromise());
    }
  }

  /** Closes the socket; what comes of it is no error. */
  public void leave() {
    leaving = true;
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  /** The server knows who it is. */
  public void ready() {
    arrived.accept(this);
    play.ready(this);
  }

  /** The last number seen in a conversation; 0 for none. */
  public long last(UUID room) {
    return numbers.last(Lines.id(room));
  }

  /** A dialect has read how far a conversation reaches. */
  public void begins(UUID room, long at) {
    numbers.begin(Lines.id(room), at);
  }

  /**
   * A message or other entry of a conversation has come.
   *
   * @param id the conversation, as {@link Lines#id} makes it
   * @param number the entry's
   */
  public void entry(long id, long number) {
    tally.delivered();
    long expected = numbers.expected(id, number);
    if (expected != number) {
      tally.wrong(
          (number > expected ? "hole" : "repeat")
              + ": client "
              + index
              + " got "
              + number
              + " for "
              + expected);
    }
  }

  /**
   * Who sent what came, and when.
   *
   * @param own whether this client did
   * @param stamp as it stands in the body
   */
  public void stamped(boolean own, long stamp) {
    long now = System.nanoTime();
    if (sampled) {
      tally.latency(now - stamp);
    }
    if (own) {
      tally.completed();
      play.own(this);
    }
  }

  /** It was told how a user, one of {@link World#name}, is seen now. */
  void seen(String who, String status) {
    online.set(Integer.parseInt(who, 1, who.length(), 10), status.equals("online"));
  }

  /** How many users it sees online. */
  public int seenOnline() {
    return online.cardinality();
  }

  /** A command was answered with an error. */
  public void error(String what) {
    tally.error(what);
    play.failed(this, what);
  }

  /** What came cannot be right. */
  public void wrong(String what) {
    tally.wrong(what + " (client " + index + ")");
  }

  /** As the client SDK makes them: UUIDs of version 7, which rise with time. */
  private String key() {
    long random = ThreadLocalRandom.current().nextLong();
    long high = (System.currentTimeMillis() << 16) | 0x7000L | (counter++ & 0xFFF);
    return new UUID(high, (random & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L).toString();
  }

  private static String stamp(long nanos) {
    String hex = Long.toHexString(nanos);
    return "0000000000000000".substring(hex.length()) + hex;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    context.writeAndFlush(
        Frames.upgrade(context.alloc(), dialect.path(this), dialect.subprotocol()));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    tally.read();
    ByteBuf before = rest;
    if (before != null) {
      before.writeBytes(in);
      in.release();
      in = before;
      rest = null;
    }
    try {
      if (upgraded || upgraded(in)) {
        frames(in);
      }
      if (in.isReadable()) {
        rest = context.alloc().buffer(Math.max(in.readableBytes() * 2, 1 << 10)).writeBytes(in);
      }
    } finally {
      in.release();
    }
  }

  private boolean upgraded(ByteBuf in) {
    int end = Frames.headersEnd(in);
    if (end < 0) {
      return false;
    }
    String head = in.readCharSequence(end - in.readerIndex(), StandardCharsets.US_ASCII).toString();
    if (!head.startsWith("HTTP/1.1 101")) {
      wrong("no WebSocket: " + head.lines().findFirst().orElse(""));
      leave();
      return false;
    }
    upgraded = true;
    dialect.opened(this);
    return true;
  }

  private void frames(ByteBuf in) {
    while (true) {
      int start = in.readerIndex();
      int header = Frames.headerLength(in);
      if (header == 0) {
        return;
      }
      long length = Frames.length(in, start);
      if (in.readableBytes() < header + length) {
        return;
      }
      int first = in.getByte(start) & 0xFF;
      int from = start + header;
      int to = from + (int) length;
      switch (first) {
        case Frames.TEXT -> {
          tally.framed();
          dialect.frame(this, in, from, to);
        }
        case Frames.PING -> write(in, from, to);
        case Frames.CLOSE -> {
          if (!leaving) {
            wrong("closed: " + in.toString(from + 2, (int) length - 2, StandardCharsets.UTF_8));
          }
        }
        case Frames.PONG -> {}
        default -> wrong("frame of kind " + Integer.toHexString(first));
      }
      in.readerIndex(to);
    }
  }

  private void write(ByteBuf in, int from, int to) {
    Channel open = channel;
    if (open != null) {
      open.writeAndFlush(Frames.pong(open.alloc(), in, from, to), open.voidPromise());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ByteBuf kept = rest;
    if (kept != null) {
      kept.release();
      rest = null;
    }
    channel = null;
    if (!leaving) {
      wrong("connection lost");
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!leaving) {
      wrong(String.valueOf(cause));
    }
    context.close();
  }
}
