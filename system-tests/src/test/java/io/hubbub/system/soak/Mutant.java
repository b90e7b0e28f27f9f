package io.hubbub.system.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A bug put in on purpose: one place of one source file replaced and compiled, to be put before the
 * product on the class path of nodes. Shows that what looks for bugs finds them.
 *
 * @param name what is wrong
 * @param file the source, below the root of the repository
 * @param find what is replaced; it must be there exactly once
 * @param replacement what takes its place
 */
record Mutant(String name, String file, String find, String replacement) {
  /** Where its classes are. */
  Path compile() throws IOException {
    Path source = Path.of("..").resolve(file);
    String text = Files.readString(source);
    int at = text.indexOf(find);
    if (at < 0 || text.indexOf(find, at + 1) >= 0) {
      throw new AssertionError(name + ": not exactly once in " + file + ":\n" + find);
    }
    Path work = Path.of("target", "mutants", name.replace(' ', '-'));
    Path classes = Files.createDirectories(work.resolve("classes"));
    Path changed = work.resolve(source.getFileName().toString());
    Files.writeString(changed, text.replace(find, replacement));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of("-d", classes.toString(), changed.toString()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
      throw new AssertionError(name + " does not compile");
    }
    return classes;
  }
}
