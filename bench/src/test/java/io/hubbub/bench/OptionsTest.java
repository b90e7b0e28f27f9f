package io.hubbub.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.bench.contestant.Contestants;
import io.hubbub.bench.workload.Workloads;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void withoutAnyEverythingIsMeasuredThriceAndWarm() throws Options.Wrong {
    Options options = Options.of();
    assertEquals(List.of(), options.only());
    assertEquals(List.of(), options.contestants());
    assertEquals(3, options.repeats());
    assertTrue(options.warmUp() >= 10);
    assertEquals(Path.of("bench/results"), options.out());
    assertFalse(options.help());
  }

  @Test
  void eachIsTaken() throws Options.Wrong {
    Options options =
        Options.of(
            "--only=pairs,fanout1",
            "--contestants=each,hubbub,each",
            "--repeats=5",
            "--warmup=0",
            "--seconds=20",
            "--java-options=-Xmx1g -XX:+UseSerialGC",
            "--out=elsewhere");
    assertEquals(List.of("pairs", "fanout1"), options.only());
    assertEquals(List.of("each", "hubbub"), options.contestants());
    assertEquals(5, options.repeats());
    assertEquals(0, options.times().warmUp());
    assertEquals(20, options.times().measure());
    assertEquals("-Xmx1g -XX:+UseSerialGC", options.javaOptions());
    assertEquals(Path.of("elsewhere"), options.out());
  }

  @Test
  void whatIsNamedWinsOverQuick() throws Options.Wrong {
    Options options = Options.of("--seconds=7", "--quick");
    assertEquals(1, options.repeats());
    assertEquals(7, options.seconds());
    assertEquals(3, options.warmUp());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--unknown",
        "--repeats",
        "--repeats=",
        "--repeats=0",
        "--repeats=many",
        "--seconds=-1",
        "--quick=yes",
        "--only=",
        "--only=pairs,nothing",
        "--contestants=nobody",
        "pairs"
      })
  void whatCannotBeIsSaidInOneLine(String wrong) {
    Exception thrown = assertThrows(Options.Wrong.class, () -> Options.of(wrong));
    assertEquals(1, String.valueOf(thrown.getMessage()).lines().count());
  }

  @Test
  void helpNamesEverything() {
    String help = Usage.text();
    Workloads.names().forEach(name -> assertTrue(help.contains(name), name));
    Contestants.names().forEach(name -> assertTrue(help.contains(name), name));
  }

  @Test
  void whoIsInTheCatalogueExists() {
    Workloads.all()
        .forEach(each -> assertTrue(Contestants.names().containsAll(each.contestants())));
  }

  @Test
  void aPlanHoldsOnlyWhatIsAskedFor() {
    List<Workloads.Entry> plan = Workloads.plan(List.of(), List.of("hubbub-2", "joined"));
    plan.forEach(each -> assertTrue(List.of("hubbub-2", "joined").containsAll(each.contestants())));
    assertTrue(Workloads.plan(List.of("pairs"), List.of("hubbub-2-idle")).isEmpty());
  }
}
