package io.hubbub.bench;

import io.hubbub.bench.contestant.BareSockets;
import io.hubbub.bench.contestant.Contestant;
import io.hubbub.bench.contestant.HubbubNodes;
import io.hubbub.bench.load.World;
import io.hubbub.bench.workload.ClosedLoop;
import io.hubbub.bench.workload.Figures;
import io.hubbub.bench.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What {@code bench/run} starts. */
public final class Main {
  private Main() {}

  /** Runs the workloads that the arguments name. */
  public static void main(String[] args) throws Exception {
    Workload workload =
        switch (args[0]) {
          case "fanout32" -> new ClosedLoop(World.rooms(1000, 1000), 32);
          case "fanout1" -> new ClosedLoop(World.rooms(1000, 1000), 1);
          default -> new ClosedLoop(World.pairs(1000), 1000);
        };
    for (String name : args[1].split(",", 0)) {
      Path folder = Files.createTempDirectory("hubbub-bench");
      try (Contestant contestant =
          switch (name) {
            case "each", "joined" -> BareSockets.start(folder, name);
            default ->
                HubbubNodes.start(
                    Path.of(args[4]),
                    folder,
                    1,
                    name.equals("nio") ? List.of("--node.transport=nio") : List.of(),
                    args.length > 5 ? args[5] : "");
          }) {
        Figures figures =
            workload.run(
                contestant,
                new Workload.Times(Integer.parseInt(args[2]), Integer.parseInt(args[3])));
        System.out.println(name + " " + folder);
        figures.values().forEach((k, v) -> System.out.printf("  %-34s %.3f%n", k, v));
        figures.remarks().forEach((k, v) -> System.out.printf("  %-34s %s%n", k, v));
      }
    }
  }
}
