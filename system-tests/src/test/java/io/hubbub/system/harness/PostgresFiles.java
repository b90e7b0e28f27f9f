package io.hubbub.system.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The data directory of a PostgreSQL server, or a copy of one. */
public final class PostgresFiles {
  private final Path folder;

  private PostgresFiles(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
  }

  /** A new, empty database. */
  static PostgresFiles fresh(String password) throws IOException, InterruptedException {
    Path parent = Files.createTempDirectory("hubbub-postgresql");
    Path secret = parent.resolve("password");
    Files.writeString(secret, password);
    PostgresFiles files = new PostgresFiles(parent.resolve("data"));
    List<String> command = new ArrayList<>(PostgresPrograms.command("initdb"));
    command.addAll(List.of("-D", files.folder.toString(), "-U", "postgres", "-A", "scram-sha-256"));
    command.addAll(List.of("--pwfile=" + secret, "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"));
    Commands.run(command);
    Files.delete(secret);
    return files;
  }

  Path folder() {
    return folder;
  }

  /** Lets everybody in the network of an address log in, who knows the password. */
  void allow(String host) throws IOException {
    if (!host.startsWith("127.")) {
      Files.writeString(
          folder.resolve("pg_hba.conf"),
          "host all all samenet scram-sha-256\nhost replication all samenet scram-sha-256\n",
          StandardOpenOption.APPEND);
    }
  }

  /** A server that starts on these follows another, and reads only. */
  void followsAsStandby(String primary) throws IOException {
    Files.writeString(folder.resolve("standby.signal"), "");
    Files.writeString(
        folder.resolve("postgresql.auto.conf"),
        "primary_conninfo = '" + primary + "'\n",
        StandardOpenOption.APPEND);
  }

  /** A copy, without the traces of a running server. */
  PostgresFiles copy() throws IOException, InterruptedException {
    Path parent = Files.createTempDirectory("hubbub-postgresql");
    Commands.run(List.of("cp", "-a", folder.toString(), parent.resolve("data").toString()));
    PostgresFiles copy = new PostgresFiles(parent.resolve("data"));
    Files.deleteIfExists(copy.folder.resolve("postmaster.pid"));
    return copy;
  }

  /** Replaces what is here by what a copy holds, which stays. */
  void becomeCopyOf(PostgresFiles other) throws IOException, InterruptedException {
    Commands.run(List.of("rm", "-rf", folder.toString()));
    Commands.run(List.of("cp", "-a", other.folder.toString(), folder.toString()));
  }

  /** Deletes it all. */
  void delete() {
    try {
      Commands.run(List.of("rm", "-rf", folder.resolve("..").normalize().toString()));
    } catch (IOException e) {
      System.err.println("left behind: " + folder + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
