package io.hubbub.examples.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.cluster.Join;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The command line is understood, or refused with the name of what is wrong. */
class BotOptionsTest {
  private static final UUID ROOM = UUID.fromString("01890000-0000-7000-8000-000000000001");

  @Test
  void aRoomAndMembersAreEnough() {
    BotOptions options = BotOptions.of(List.of("--room=" + ROOM, "--cluster.members=a, b:5702"));
    assertEquals(ROOM, options.room());
    assertEquals("welcome-bot", options.user());
    assertEquals(Join.TCP, options.service().cluster().join());
    assertEquals(List.of("a", "b:5702"), options.service().cluster().members());
    assertEquals(0, options.service().cluster().port());
  }

  @Test
  void whatIsWrongIsNamed() {
    assertTrue(wrong("--cluster.members=a").startsWith("room:"));
    assertTrue(wrong("--room=" + ROOM).startsWith("cluster.members:"));
    assertTrue(wrong("--room=" + ROOM, "--cluster.join=shout").startsWith("cluster.join:"));
    assertTrue(wrong("--rooms=1").startsWith("rooms:"));
    assertTrue(wrong("room").contains("--name=value"));
  }

  private static String wrong(String... arguments) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> BotOptions.of(List.of(arguments)))
            .getMessage());
  }
}
