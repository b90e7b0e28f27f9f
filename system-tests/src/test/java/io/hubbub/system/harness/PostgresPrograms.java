package io.hubbub.system.harness;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The programs {@code postgres} and {@code initdb}, unpacked once into {@code target}. */
final class PostgresPrograms {
  private static final Path FOLDER = Path.of("target/postgresql-programs/bare").toAbsolutePath();

  private PostgresPrograms() {}

  /**
   * A command line that runs one of them. PostgreSQL refuses to run as root: then it runs in a user
   * namespace of its own, where it is nobody.
   */
  static List<String> command(String program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(folder().resolve("bin").resolve(program).toString());
    return command;
  }

  private static synchronized Path folder() throws IOException, InterruptedException {
    if (!Files.exists(FOLDER)) {
      Path fresh = Files.createDirectories(FOLDER.resolveSibling("unpacking-" + UUID.randomUUID()));
      unpack(fresh);
      Files.move(fresh, FOLDER, StandardCopyOption.ATOMIC_MOVE);
    }
    return FOLDER;
  }

  private static void unpack(Path folder) throws IOException, InterruptedException {
    Path packed = folder.resolve("packed.txz");
    try (InputStream jar =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            System.getProperty("os.name"), System.getProperty("os.arch"))) {
      Files.copy(jar, packed);
    }
    Commands.run(List.of("tar", "-xJf", packed.toString(), "-C", folder.toString()));
    Files.delete(packed);
  }
}
