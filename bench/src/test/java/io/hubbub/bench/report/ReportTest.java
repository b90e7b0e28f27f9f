package io.hubbub.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.bench.contestant.Contestants.Kind;
import io.hubbub.bench.workload.Workloads;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
  private static Results results() {
    Results results = new Results();
    for (int round = 1; round <= 3; round++) {
      results.add(
          Run.measured("pairs", "hubbub", round, Map.of("messages/s", 40_000.0 + round), Map.of()));
      results.add(
          Run.measured(
              "pairs",
              "socketio",
              round,
              Map.of("messages/s", 8_000.0),
              Map.of("load", "the load generator is the limit")));
    }
    results.add(Run.without("pairs", "each", 1, Run.Outcome.FAILED, "hole: got 3, for 2"));
    return results;
  }

  @Test
  void aReportHasATableAllFiguresAndPlots(@TempDir Path folder) throws Exception {
    Path reports = folder.resolve("some").resolve("where");
    Circumstances circumstances = Circumstances.now(folder, "bench/run --only=pairs");
    String terminal =
        new Report(reports, Workloads.plan(List.of("pairs"), List.of()))
            .write(circumstances, results());
    String file = Files.readString(reports.resolve("report.md"));
    for (String text : List.of(terminal, file)) {
      assertTrue(text.contains("`bench/run --only=pairs`"));
      assertTrue(text.contains("40,002 (40,001..40,003)"));
      assertTrue(text.contains("5.00 ×"));
      assertTrue(text.contains("**FAILED**: each in round 1: hole: got 3, for 2"));
      assertEquals(2, text.split("the load generator is the limit", -1).length, "said once");
    }
    assertTrue(file.contains("![pairs-messages-s.svg](pairs-messages-s.svg)"));
    assertTrue(Files.exists(reports.resolve("pairs-messages-s.svg")));
    List<String> csv = Files.readAllLines(reports.resolve("results.csv"));
    assertTrue(csv.contains("pairs,hubbub,1,measured,messages/s,40001.0"));
    assertTrue(csv.contains("pairs,each,1,failed,,\"hole: got 3, for 2\""));
  }

  @Test
  void aPlotIsXml() throws Exception {
    String svg =
        new Bars("a & b < \"c\"")
            .bar("hubbub", Kind.HUBBUB, new Spread(5, 4, 6, 3))
            .bar("each", Kind.LIMIT, new Spread(0, 0, 0, 1))
            .svg();
    org.w3c.dom.Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertEquals(2, document.getElementsByTagName("rect").getLength());
    assertEquals("a & b < \"c\"", document.getDocumentElement().getAttribute("aria-label"));
  }

  @Test
  void columnsLineUp() {
    String text =
        new Table(List.of("", "first")).row(List.of("figure", "1")).row(List.of("x")).text();
    assertEquals(
        """
        |        | first |
        |--------|------:|
        | figure |     1 |
        | x      |       |
        """,
        text);
  }

  @Test
  void threeDigitsAreEnough() {
    assertEquals("1,234,568", Numerals.of(1_234_567.8));
    assertEquals("12.3", Numerals.of(12.345));
    assertEquals("0.35", Numerals.of(0.35));
    assertEquals("0.012", Numerals.of(0.0123));
    assertEquals("18", Numerals.of(18));
  }
}
