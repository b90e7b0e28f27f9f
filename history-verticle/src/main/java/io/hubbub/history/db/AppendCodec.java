package io.hubbub.history.db;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands to the arguments of {@code append}, and its rows back to results. Pure. */
final class AppendCodec {
  private static final int EXPIRED = 9;

  private AppendCodec() {}

  /** The arguments in the order of {@code append}'s parameters. */
  static Tuple encode(List<Command> commands, long deadline) {
    int size = commands.size();
    UUID[] conversations = new UUID[size];
    String[] users = new String[size];
    Short[] kinds = new Short[size];
    String[] keys = new String[size];
    Buffer[] fingerprints = new Buffer[size];
    @Nullable Long[] targets = new @Nullable Long[size];
    @Nullable Long[] threads = new @Nullable Long[size];
    @Nullable String[] bodies = new @Nullable String[size];
    @Nullable String[] peers = new @Nullable String[size];
    Boolean[] privileged = new Boolean[size];
    for (int i = 0; i < size; i++) {
      Command command = commands.get(i);
      conversations[i] = command.conversation();
      users[i] = command.user();
      kinds[i] = (short) command.kind().code();
      keys[i] = command.key();
      fingerprints[i] = Fingerprint.of(command);
      targets[i] = command.target() == 0 ? null : command.target();
      threads[i] = command.thread() == 0 ? null : command.thread();
      bodies[i] = command.body();
      peers[i] = command.peer();
      privileged[i] = command.privileged();
    }
    Tuple tuple = Tuple.tuple();
    tuple.addArrayOfUUID(conversations).addArrayOfString(users).addArrayOfShort(kinds);
    tuple.addArrayOfString(keys).addArrayOfBuffer(fingerprints);
    tuple.addArrayOfLong(targets).addArrayOfLong(threads);
    tuple.addArrayOfString(bodies).addArrayOfString(peers).addArrayOfBoolean(privileged);
    return tuple.addLong(deadline);
  }

  /** One result per command in order, or empty when the deadline had passed. */
  static Optional<List<Appended>> decode(List<Command> commands, RowSet<Row> rows) {
    List<Row> answers = new ArrayList<>(commands.size());
    Map<UUID, Long> heads = new HashMap<>();
    for (Row row : rows) {
      if (row.getShort(1) == EXPIRED) {
        return Optional.empty();
      }
      Long head = row.getLong(7);
      if (head != null) {
        heads.merge(commands.get(answers.size()).conversation(), head, Math::max);
      }
      answers.add(row);
    }
    if (answers.size() != commands.size()) {
      throw new IllegalStateException(answers.size() + " answers to " + commands.size());
    }
    List<Appended> results = new ArrayList<>(commands.size());
    for (int i = 0; i < answers.size(); i++) {
      Command command = commands.get(i);
      long head = heads.getOrDefault(command.conversation(), 0L);
      results.add(result(command, answers.get(i), head));
    }
    return Optional.of(results);
  }

  private static Appended result(Command command, Row row, long head) {
    Integer count = row.getInteger(6);
    int members = count == null ? 0 : count;
    boolean made = row.getBoolean(8);
    int status = row.getShort(1);
    if (status > 1) {
      return new Appended(refused(status), null, head, members, made);
    }
    Long changed = row.getLong(5);
    long target = changed == null ? 0 : changed;
    long seq = row.getLong(2);
    long at = row.getLong(3);
    Outcome outcome = Outcome.appended(seq, at, target, status == 1);
    Entry entry = status == 1 ? null : entry(command, seq, at, target);
    return new Appended(outcome, entry, head, members, made);
  }

  /** A cancel that met its message is a deletion, under a key that no client can send. */
  private static Entry entry(Command command, long seq, long at, long target) {
    boolean cancels = command.kind() == Kind.CANCELLED;
    boolean deletes = command.kind() == Kind.DELETED || (cancels && target != 0);
    return new Entry(
        seq,
        deletes ? Kind.DELETED : command.kind(),
        command.user(),
        at,
        deletes && cancels ? command.key() + '\u0001' : command.key(),
        target,
        command.thread(),
        deletes || cancels ? null : command.body(),
        null);
  }

  private static Outcome refused(int status) {
    return switch (status) {
      case 2 -> Outcome.failed(ErrorCode.KEY_REUSED, "the key was used for another command");
      case 3 -> Outcome.failed(ErrorCode.NOT_A_MEMBER, "not a member of this conversation");
      case 4 -> Outcome.failed(ErrorCode.NOT_FOUND, "what the command names is not there");
      case 5 -> Outcome.failed(ErrorCode.FORBIDDEN, "not allowed to do this");
      case 6 -> Outcome.failed(ErrorCode.GONE, "the target is deleted");
      case 7 -> Outcome.failed(ErrorCode.CANCELLED, "the key was cancelled");
      default -> Outcome.failed(ErrorCode.INTERNAL, "append answered " + status);
    };
  }
}
