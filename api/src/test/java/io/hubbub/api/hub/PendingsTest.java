package io.hubbub.api.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.hubbub.api.Histories;
import io.hubbub.api.link.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingsTest {
  @Test
  void whatWasRefusedAndAwaitsAnotherCopySaysNothingOfHowLongItsHomeTakes() {
    Pendings pendings = new Pendings();
    List<Pending> both = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      UUID id = new UUID(0, i);
      Pending pending = new Pending(new Mark(i, id, "u", 1, 1), id, i, () -> {});
      pendings.add(pending);
      pendings.assign(pending, "a");
      both.add(pending);
    }
    both.get(0).refused = true;
    assertSame(both.get(1), pendings.oldest("a"));
    both.get(1).refused = true;
    assertNull(pendings.oldest("a"));
    assertEquals(both, pendings.pick(any -> true), "they stay in order");
  }

  @Test
  void whatWaitsKeepsTheOrderInWhichItWasSentWhateverHomesDo() {
    Histories.each(
        500,
        random -> {
          Pendings pendings = new Pendings();
          List<Pending> model = new ArrayList<>();
          @Nullable String[] homes = {null, "a", "b"};
          long last = 0;
          for (int i = 0; i < 200; i++) {
            int what = random.nextInt(10);
            if (what < 4 || model.isEmpty()) {
              UUID id = new UUID(0, random.nextInt(5));
              Pending pending = new Pending(new Mark(++last, id, "u", 1, 1), id, last, () -> {});
              pendings.add(pending);
              pendings.assign(pending, homes[random.nextInt(3)]);
              model.add(pending);
            } else if (what < 7) {
              Pending answered = model.remove(random.nextInt(model.size()));
              assertSame(answered, pendings.take(answered.id()));
              assertNull(pendings.take(answered.id()));
            } else {
              pendings.assign(model.get(random.nextInt(model.size())), homes[random.nextInt(3)]);
            }
            assertEquals(model, pendings.pick(any -> true));
            assertEquals(model.size(), pendings.size());
            for (@Nullable String home : homes) {
              List<Pending> there =
                  model.stream().filter(each -> Objects.equals(home, each.home)).toList();
              assertEquals(96L * there.size(), pendings.bytes(home));
              assertEquals(there.isEmpty() ? null : there.get(0), pendings.oldest(home));
            }
          }
        });
  }
}
