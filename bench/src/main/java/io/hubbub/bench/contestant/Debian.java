package io.hubbub.bench.contestant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Packages of Debian, unpacked into a folder: nothing is installed, no service is started. */
final class Debian {
  private static final int SECONDS = 300;
  private static final Pattern PLANNED = Pattern.compile("(?m)^Inst (\\S+)");

  private Debian() {}

  /**
   * Fetches and unpacks packages, unless that was done before.
   *
   * @param folder where they go, in {@code root}
   * @param what names of packages
   * @param kinds which of all that these need are fetched too; the others are taken to be here
   */
  static Path unpacked(Path folder, List<String> what, Pattern kinds)
      throws IOException, InterruptedException, Unavailable {
    Path root = folder.resolve("root");
    Path done = folder.resolve("unpacked");
    if (Files.exists(done)) {
      return root;
    }
    Path debs = Files.createDirectories(folder.resolve("debs"));
    List<String> plan =
        new ArrayList<>(List.of("apt-get", "install", "-s", "-q", "--no-install-recommends"));
    // As if nothing were here, so that the plan holds all that is needed.
    plan.addAll(List.of("-o", "Dir::State::status=/dev/null"));
    plan.addAll(what);
    List<String> download = new ArrayList<>(List.of("apt-get", "download", "-q"));
    Matcher name = PLANNED.matcher(Tool.run(debs, SECONDS, plan.toArray(String[]::new)));
    while (name.find()) {
      if (kinds.matcher(name.group(1)).matches()) {
        download.add(name.group(1));
      }
    }
    Tool.run(debs, SECONDS, download.toArray(String[]::new));
    try (Stream<Path> files = Files.list(debs)) {
      for (Path deb : files.toList()) {
        Tool.run(debs, SECONDS, "dpkg", "-x", deb.toString(), root.toString());
      }
    }
    Files.createFile(done);
    return root;
  }

  /** The first file or folder in unpacked packages that a glob names. */
  static Path find(Path root, String glob) throws IOException, Unavailable {
    PathMatcher matcher = root.getFileSystem().getPathMatcher("glob:" + root + "/" + glob);
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(matcher::matches)
          .sorted()
          .findFirst()
          .orElseThrow(() -> new Unavailable("no " + glob + " in the packages of Debian"));
    }
  }
}
