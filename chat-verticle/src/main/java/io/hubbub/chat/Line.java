package io.hubbub.chat;

import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Kind;
import io.hubbub.api.log.Numbered;
import io.hubbub.chat.protocol.EntryJson;
import io.hubbub.chat.protocol.JsonOut;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A log entry as the bytes that every session is sent, encoded once.
 *
 * @param seq its number
 * @param json the line, without a newline
 * @param left who is a member no more because of it
 * @param changes whether it may change what earlier entries look like
 */
record Line(long seq, Buffer json, List<String> left, boolean changes) implements Numbered {

  static Line of(UUID conversation, Entry entry) {
    JsonOut out = new JsonOut(256);
    EntryJson.write(out, conversation, entry);
    List<String> left = entry.kind() == Kind.LEFT ? EntryJson.usersOf(entry.body()) : List.of();
    return new Line(entry.seq(), out.toBuffer(), left, entry.kind() != Kind.MESSAGE);
  }

  static List<Line> of(UUID conversation, List<Entry> entries) {
    List<Line> lines = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      lines.add(of(conversation, entry));
    }
    return lines;
  }

  /** Several lines as one, with newlines between. */
  static Buffer join(List<Line> lines) {
    if (lines.size() == 1) {
      return lines.get(0).json();
    }
    int length = 0;
    for (Line line : lines) {
      length += line.json().length() + 1;
    }
    Buffer joined = Buffer.buffer(length);
    for (Line line : lines) {
      if (joined.length() > 0) {
        joined.appendByte((byte) '\n');
      }
      joined.appendBuffer(line.json());
    }
    return joined;
  }

  @Override
  public int weight() {
    return json.length() + 64;
  }
}
