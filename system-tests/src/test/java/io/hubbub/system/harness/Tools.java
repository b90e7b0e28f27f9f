package io.hubbub.system.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the machine must have for a test; what is missing is installed, or named in one line. */
final class Tools {
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/bin");

  private Tools() {}

  /** Makes sure that a program is there; where it is not, its Debian package is installed. */
  static void need(String program, String debianPackage) throws InterruptedException {
    if (FOLDERS.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
      return;
    }
    install(program, debianPackage);
  }

  /** Installs a Debian package, for what is in it. */
  static void install(String what, String debianPackage) throws InterruptedException {
    try {
      Commands.run(List.of("apt-get", "update", "-q"));
      Commands.run(List.of("apt-get", "install", "-yq", "--no-install-recommends", debianPackage));
    } catch (IOException e) {
      throw new IllegalStateException(
          "this test needs %s (Debian package %s), which can't be installed: %s"
              .formatted(what, debianPackage, e.getMessage()),
          e);
    }
  }

  /** Makes sure that the tests run as root. */
  static void needRoot(String what) {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new IllegalStateException("this test needs to be run as root, for " + what);
    }
  }
}
