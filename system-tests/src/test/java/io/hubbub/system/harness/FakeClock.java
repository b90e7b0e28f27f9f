package io.hubbub.system.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock for processes that are started with its environment; it can be set while they run.
 * Their monotonic clocks go on as ever. Needs Debian's {@code faketime}, and installs it as root.
 */
public final class FakeClock implements AutoCloseable {
  private final Path file;

  /** A clock that is right, as yet. */
  public FakeClock() throws IOException {
    file = Files.createTempFile("hubbub", ".clock");
    ahead(Duration.ZERO);
  }

  /**
   * What a process must be started with. The library takes newer C libraries for ones whose waits
   * on the monotonic clock it has to put right, and puts them wrong: without the last setting every
   * timed wait of a JVM would end at once.
   */
  public Map<String, String> environment() throws IOException, InterruptedException {
    return Map.of(
        "LD_PRELOAD",
        library().toString(),
        "FAKETIME_TIMESTAMP_FILE",
        file.toString(),
        "FAKETIME_NO_CACHE",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  /** Jumps, at once, to so much ahead of the real time; negative: behind it. */
  public void ahead(Duration by) throws IOException {
    Path next = Files.createTempFile("hubbub", ".clock");
    Files.writeString(next, "%+d%n".formatted(by.toSeconds()));
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path library() throws IOException, InterruptedException {
    if (found().isEmpty()) {
      Tools.install("libfaketimeMT.so.1", "libfaketime");
    }
    return found().orElseThrow(() -> new IOException("faketime is needed: libfaketimeMT.so.1"));
  }

  private static Optional<Path> found() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      return folders
          .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst();
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
