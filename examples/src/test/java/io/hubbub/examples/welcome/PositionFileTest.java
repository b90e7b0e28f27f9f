package io.hubbub.examples.welcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hubbub.examples.welcome.PositionFile.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A position is there as a whole or not at all. */
class PositionFileTest {
  @Test
  void whatWasKeptLastIsRead(@TempDir Path dir) throws Exception {
    PositionFile file = new PositionFile(dir.resolve("p"));
    assertEquals(Optional.empty(), file.read());
    file.write(new Position("e1", 3));
    file.write(new Position("e1", 41));
    assertEquals(Optional.of(new Position("e1", 41)), file.read());
  }

  @Test
  void whatIsNoPositionIsNotTakenForOne(@TempDir Path dir) throws Exception {
    Path path = Files.writeString(dir.resolve("p"), "e1 41 7\n");
    assertThrows(IOException.class, new PositionFile(path)::read);
  }
}
