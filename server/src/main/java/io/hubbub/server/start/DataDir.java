package io.hubbub.server.start;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The folder that a node keeps data and secrets in. While it is open, no other process can open it;
 * the lock ends with the process, however that ends. Blocking; for the start.
 */
public final class DataDir implements AutoCloseable {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final int SECRET_BYTES = 48;

  private final Path path;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataDir(Path path, FileChannel lockFile, FileLock lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Makes the folder where it is not there, readable for its owner only, and locks it.
   *
   * @throws StartException when it can't be written, or another process has it open
   */
  public static DataDir open(Path path) throws StartException {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, FOLDER);
      }
      FileChannel file =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(file);
      if (lock == null) {
        file.close();
        throw new StartException(
            "another node runs on "
                + path
                + "; stop it, or choose another folder with --data.dir=… (and another --http.port)");
      }
      return new DataDir(path, file, lock);
    } catch (IOException e) {
      throw new StartException(
          "can't write in " + path + " (" + e + "); choose another folder with --data.dir=…", e);
    }
  }

  @SuppressWarnings("NullAway") // FileChannel.tryLock says null for "another process has it".
  private static FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException thisProcessHasIt) {
      return null;
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Whether a secret of this name has been made before. */
  public boolean has(String name) {
    return Files.exists(path.resolve(name));
  }

  /**
   * The secret kept under a name; made at random (48 bytes, base64url) when there is none yet.
   *
   * @throws StartException when it can't be read or kept
   */
  public String secret(String name) throws StartException {
    if (!has(name)) {
      byte[] random = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(random);
      write(name, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }
    try {
      return Files.readString(path.resolve(name)).strip();
    } catch (IOException e) {
      throw new StartException("can't read " + path.resolve(name) + " (" + e + ")", e);
    }
  }

  /**
   * Keeps a text in a file that only its owner can read: all of it or, after a crash, the old one.
   *
   * @throws StartException when that fails
   */
  public void write(String name, String text) throws StartException {
    Path written = path.resolve(name + ".new");
    try {
      Files.deleteIfExists(written);
      try (FileChannel file =
          FileChannel.open(
              written,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(FILE))) {
        file.write(StandardCharsets.UTF_8.encode(text + "\n"));
        file.force(true);
      }
      Files.move(written, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartException("can't write " + written + " (" + e + ")", e);
    }
  }

  /** Lets the next process have it. */
  @Override
  public void close() {
    try {
      lock.release();
      lockFile.close();
    } catch (IOException endsWithTheProcess) {
      // The lock ends with the process.
    }
  }
}
