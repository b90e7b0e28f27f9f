package io.hubbub.api.client;

import io.hubbub.api.log.Command;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.query.Page;
import io.hubbub.api.query.ReadPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One conversation's log as the database would keep it: one number for each key. */
final class ModelLog {
  final List<Entry> entries = new ArrayList<>();
  private final Map<String, Long> byKey = new HashMap<>();
  String epoch = "first";

  Outcome append(Command command) {
    Long known = byKey.get(command.key());
    if (known != null) {
      return Outcome.appended(known, known, 0, true);
    }
    long seq = entries.size() + 1L;
    byKey.put(command.key(), seq);
    entries.add(
        new Entry(
            seq,
            command.kind(),
            command.user(),
            seq,
            command.key(),
            command.target(),
            command.thread(),
            command.body(),
            null));
    return Outcome.appended(seq, seq, 0, false);
  }

  /** Loses what is above a number, as when an older copy is put back, and is another log then. */
  void goBack(int head, String another) {
    entries.subList(head, entries.size()).clear();
    byKey.values().removeIf(seq -> seq > head);
    epoch = another;
  }

  long head() {
    return entries.size();
  }

  Page page(ReadPage question) {
    int to = (int) Math.min(head(), question.after() + question.limit());
    int from = (int) Math.min(question.after(), to);
    return new Page(
        List.copyOf(entries.subList(from, to)),
        question.after() + 1,
        to,
        head(),
        1,
        to < head(),
        List.of(),
        1,
        epoch);
  }
}
