package io.hubbub.bench.contestant;

import io.hubbub.bench.load.Dialect;
import io.hubbub.bench.load.World;
import io.hubbub.bench.machine.NodeJvm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A running server of some kind, which is measured. */
public interface Contestant extends AutoCloseable {
  /** Makes the people and conversations that a workload needs, before anybody comes. */
  void prepare(World world) throws Exception;

  /** Where clients connect; they are spread over all. */
  List<Integer> ports();

  /** How it is spoken to. */
  Dialect dialect();

  /** Its processes, without the database. */
  List<NodeJvm> processes();

  /** CPU seconds of its database so far; 0 where it has none. */
  double databaseCpu();

  /** Whether its processes are JVMs, which can be asked what they hold. */
  default boolean java() {
    return true;
  }

  /** How many messages its database holds; empty where it has none. */
  default OptionalLong kept() throws Exception {
    return OptionalLong.empty();
  }

  /** What it is made of, by name, where the report should say so. */
  default Map<String, String> versions() throws Exception {
    return Map.of();
  }

  @Override
  void close() throws IOException;
}
