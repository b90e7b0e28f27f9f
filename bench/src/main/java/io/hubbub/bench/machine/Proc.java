package io.hubbub.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What Linux says of processes under {@code /proc} (see proc(5)). */
public final class Proc {
  /** {@code sysconf(_SC_CLK_TCK)}, which is 100 on every Linux of today. */
  private static final double TICKS = 100;

  private static final int PARENT = 1;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final int CHILDREN_USER_TICKS = 13;
  private static final int CHILDREN_SYSTEM_TICKS = 14;

  private Proc() {}

  /** CPU seconds of a process and of its ended children so far; 0 when it is gone. */
  public static double cpu(long pid) {
    String[] stat = stat(pid);
    return stat.length == 0
        ? 0
        : ticks(stat, USER_TICKS, SYSTEM_TICKS, CHILDREN_USER_TICKS, CHILDREN_SYSTEM_TICKS);
  }

  /** The same of a process and all children, ended and running, as a PostgreSQL server has. */
  public static double cpuOfFamily(long pid) {
    double sum = cpu(pid);
    for (long child : children(pid)) {
      sum += cpu(child);
    }
    return sum;
  }

  /** Bytes of resident memory; 0 when the process is gone. */
  public static long resident(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", "" + pid, "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static double ticks(String[] stat, int... fields) {
    long sum = 0;
    for (int field : fields) {
      sum += Long.parseLong(stat[field]);
    }
    return sum / TICKS;
  }

  private static List<Long> children(long pid) {
    List<Long> children = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path path : (Iterable<Path>) all::iterator) {
        String name = path.getFileName().toString();
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
          String[] stat = stat(Long.parseLong(name));
          if (stat.length > 0 && stat[PARENT].equals("" + pid)) {
            children.add(Long.parseLong(name));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return children;
  }

  /** The fields after the name, which may hold anything; none when the process is gone. */
  private static String[] stat(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", "" + pid, "stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (NoSuchFileException e) {
      return new String[0];
    } catch (IOException e) {
      return new String[0]; // It ended while it was read: ESRCH.
    }
  }
}
