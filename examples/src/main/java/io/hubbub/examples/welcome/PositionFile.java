package io.hubbub.examples.welcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * How far the bot has come, in a file that is replaced as a whole. Blocking.
 *
 * @param path where it is
 */
record PositionFile(Path path) {
  /**
   * A position in a log.
   *
   * @param epoch which log: a restored backup is another one
   * @param seq the last entry that was dealt with
   */
  record Position(String epoch, long seq) {}

  /**
   * The position that was kept last, if any.
   *
   * @throws IOException when there is one that can't be read
   */
  Optional<Position> read() throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    String[] words = Files.readString(path).strip().split(" ", 2);
    if (words.length != 2 || !words[1].matches("[0-9]{1,18}")) {
      throw new IOException(path + " holds no position; delete it to begin with what comes next");
    }
    return Optional.of(new Position(words[0], Long.parseLong(words[1])));
  }

  /** Keeps a position. */
  void write(Position position) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    Files.writeString(next, position.epoch() + " " + position.seq() + "\n");
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
