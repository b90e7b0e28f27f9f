package io.hubbub.chat;

import io.hubbub.api.log.HubbubException;
import io.hubbub.api.presence.SessionInfo;
import io.hubbub.api.query.EdgeSession;
import io.hubbub.chat.auth.Identity;
import io.hubbub.chat.protocol.ClientCommand;
import io.hubbub.chat.protocol.CommandParser;
import io.hubbub.chat.protocol.EventJson;
import io.hubbub.chat.protocol.Replies;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: says hello, sends commands, is sent lines. What waits for it is bounded:
 * a client that does not read is not heard either, and is told {@code gap} when it reads again.
 * Confined to its event loop.
 */
final class Session implements SeatHolder {
  private static final int FRAME_BYTES = 64 << 10;

  final String id;
  final String address;

  /** Whether the user is present for it: who only listens may be anywhere. */
  final boolean present;

  final SessionSeats seats;

  /** The client was told to go to another node. */
  boolean moving;

  final SessionWatch watch;

  /** Commands with large answers. */
  final BulkReads reads = new BulkReads(this::roomy);

  /** Touched by the hub alone, through which all commands go in order. */
  final SendOrder order = new SendOrder();

  private final EdgeShard shard;
  private final Transport transport;
  private final SessionCommands commands;
  private final Outbox outbox = new Outbox();
  private @Nullable Identity identity;
  private @Nullable String device;
  private String epoch = "";
  private boolean dirty;
  private boolean drowned;
  private boolean paused;
  private boolean open = true;
  private final long openedAt;
  private long heardAt;
  private long usedAt;
  private long since;
  private boolean idle;
  private boolean pinged;
  private boolean warned;
  private long sentBytes;

  /**
   * A session that has not said hello.
   *
   * @param present whether the user is present for it
   */
  Session(String address, boolean present, EdgeShard shard, Transport transport, long now) {
    this.id = UUID.randomUUID().toString();
    this.address = address;
    this.present = present;
    this.shard = shard;
    this.transport = transport;
    this.seats = new SessionSeats(this, shard);
    this.watch = new SessionWatch(this, shard);
    this.commands = new SessionCommands(this, shard);
    this.openedAt = now;
    this.usedAt = now;
    this.heardAt = now;
  }

  /** Whose session it is; empty before hello. */
  @Override
  public String user() {
    Identity known = identity;
    return known == null ? "" : known.user();
  }

  @Override
  public boolean visible() {
    return present && watch.visible();
  }

  @Override
  public boolean hides(String other) {
    return watch.hides(other);
  }

  @Nullable Identity identity() {
    return identity;
  }

  @Nullable String device() {
    return device;
  }

  /** Whether the connection stands. */
  boolean open() {
    return open;
  }

  /** The epoch of the log that the session was told of; a session never sees two. */
  String epoch() {
    return epoch;
  }

  /** The client has said who it is. */
  void greeted(Identity known, @Nullable String named, String log) {
    identity = known;
    device = named;
    epoch = log;
    since = System.currentTimeMillis();
    warned = false;
  }

  /** The client has renewed its token. */
  void renewed(Identity known) {
    identity = known;
    warned = false;
  }

  /** A line has come. */
  void line(byte[] bytes, int from, int length) {
    ClientCommand command;
    try {
      command = CommandParser.parse(bytes, from, length);
    } catch (IOException e) {
      close(CloseCode.BAD_FRAME, CloseCode.BAD_FRAME.reason());
      return;
    }
    used(command.op);
    commands.run(command);
  }

  /** What clients do by themselves does not say that somebody is there. */
  private void used(@Nullable String op) {
    if (!"ping".equals(op) && !"refresh".equals(op)) {
      usedAt = shard.now();
      idle(false);
    }
  }

  private void idle(boolean now) {
    if (idle != now && identity != null) {
      idle = now;
      if (present) {
        shard.edgeUsers().session(user(), info());
      }
    }
  }

  /** What the user's home is told of it. */
  SessionInfo info() {
    return new SessionInfo(id, device, address, since, idle);
  }

  /** What administrators are told of it. */
  EdgeSession describe() {
    return new EdgeSession(
        user(), info(), sentBytes, outbox.bytes(), seats.behind(), shard.now() - heardAt);
  }

  /** Something, if only a pong, has come. */
  void heard() {
    heardAt = shard.now();
    pinged = false;
  }

  @Override
  public boolean offer(Buffer lines) {
    if (outbox.bytes() > shard.limits().outboxBytes()) {
      return false;
    }
    push(lines);
    return true;
  }

  @Override
  public boolean offerEphemeral(Buffer line) {
    if (outbox.bytes() > shard.limits().outboxBytes() / 4) {
      return false;
    }
    push(line);
    return true;
  }

  @Override
  public void push(Buffer lines) {
    if (!open || drowned) {
      return;
    }
    outbox.add(lines);
    if (outbox.bytes() > mostBytes()) {
      drowned = true;
      shard.afterThis(() -> close(CloseCode.OVERLOADED, "{\"afterMs\":1000}"));
    }
    flushSoon();
  }

  /** Writes what waits, and sees who waits for room, at the end of this turn. */
  void flushSoon() {
    if (!dirty) {
      dirty = true;
      shard.flushLater(this);
    }
  }

  /** Beyond this even what must not be lost ends the session: it is stuck. */
  private long mostBytes() {
    return 8L * (shard.limits().outboxBytes() + shard.limits().replyBytes());
  }

  /** Replies to a command, where it wants one. */
  void reply(@Nullable String command, HubbubException error) {
    if (command != null) {
      push(Replies.error(command, error));
    }
  }

  @Override
  public boolean roomy() {
    return outbox.bytes() < shard.limits().outboxBytes() / 2;
  }

  /** Writes what waits, as far as the connection takes it. Called once a turn. */
  void flush() {
    dirty = true;
    watch.fill();
    dirty = false;
    boolean written = false;
    while (open && !outbox.isEmpty() && !transport.full()) {
      Buffer lines = outbox.take(FRAME_BYTES);
      sentBytes += lines.length();
      shard.counts().sent(lines.length());
      transport.write(lines);
      written = true;
    }
    if (written) {
      transport.flush();
    }
    if (!paused && outbox.bytes() > shard.limits().outboxBytes()) {
      paused = true;
      transport.pause();
    }
    if (roomy()) {
      if (paused) {
        paused = false;
        transport.resume();
      }
      seats.drained();
      reads.next();
      if (watch.waits() && outbox.isEmpty()) {
        flushSoon();
      }
    }
  }

  /** The connection takes more again. */
  void writable() {
    if (paused) {
      heard(); // It is not listened to, but it reads.
    }
    flush();
  }

  @Override
  public void behind(Seat seat) {
    seats.behind(seat);
  }

  @Override
  public boolean mayRead(Seat seat) {
    return seats.mayRead(seat);
  }

  @Override
  public void readsNoMore(Seat seat) {
    seats.readsNoMore(seat);
  }

  @Override
  public void park(Seat seat) {
    seats.park(seat);
  }

  @Override
  public void left(Seat seat) {
    seats.left(seat);
  }

  @Override
  public void removed(Seat seat) {
    seats.removed(seat);
  }

  /**
   * Time has passed.
   *
   * @param now monotonic milliseconds
   * @param wall epoch milliseconds
   */
  void tick(long now, long wall) {
    Identity known = identity;
    long silent = now - heardAt;
    SessionTimes times = shard.times();
    if (known == null) {
      if (now - openedAt > times.helloMillis()) {
        close(CloseCode.TIMEOUT, "no hello");
      }
      return;
    }
    if (known.expiresAt() <= wall) {
      close(CloseCode.TOKEN_EXPIRED, CloseCode.TOKEN_EXPIRED.reason());
    } else if (!warned && known.expiresAt() - wall < times.expiringMillis()) {
      warned = true;
      push(EventJson.expiring(known.expiresAt() - wall));
    } else if (silent > times.deadMillis()) {
      close(CloseCode.TIMEOUT, "nothing heard for too long");
    } else if (silent > times.heartbeatMillis() && !pinged) {
      pinged = true;
      transport.ping();
    }
    if (open) {
      idle(now - usedAt >= shard.watching().idleMillis());
      seats.tick();
      watch.tick();
    }
  }

  /** Ends the session, after what waits has been written as far as possible. */
  void close(CloseCode code, String reason) {
    if (open) {
      flush();
      transport.close(code, reason);
      gone();
    }
  }

  /** The connection has ended. */
  void gone() {
    if (open) {
      open = false;
      outbox.clear();
      seats.clear();
      watch.clear();
      shard.ended(this);
    }
  }
}
