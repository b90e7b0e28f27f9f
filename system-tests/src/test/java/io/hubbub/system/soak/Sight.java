package io.hubbub.system.soak;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatClient.Heard;
import io.hubbub.system.client.Chatter.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How soon a reader was told what others were acknowledged. */
final class Sight {
  private Sight() {}

  /** What a reader who kept its connection was told later than within a time, or never. */
  static List<String> late(ChatClient reader, List<Done> done, Duration within) {
    Map<String, Long> seen = new HashMap<>();
    for (Heard heard : reader.events()) {
      if ("closed".equals(heard.json().getString("ev"))) {
        return List.of();
      }
      if (heard.json().containsKey("seq")) {
        String room = heard.json().getString("conversation");
        seen.put(room + heard.json().getLong("seq"), heard.nanos());
      }
    }
    List<String> late = new ArrayList<>();
    for (Done one : done) {
      Long at = seen.get(one.room() + one.ack().seq());
      long took = at == null ? Long.MAX_VALUE : at - one.answered();
      if (took > within.toNanos()) {
        late.add(
            reader.user()
                + (at == null ? " never saw " : " saw " + took / 1_000_000 + " ms late ")
                + one.ack().key());
      }
    }
    return late.size() > 5 ? late.subList(0, 5) : late;
  }
}
