package io.hubbub.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Every figure of every run, one a line (RFC 4180). */
final class Csv {
  private Csv() {}

  static String of(Results results) {
    StringBuilder text = new StringBuilder("workload,contestant,round,outcome,figure,value\n");
    for (Run run : results.runs()) {
      List<String> head =
          List.of(
              run.workload(),
              run.contestant(),
              "" + run.round(),
              run.outcome().name().toLowerCase(Locale.ROOT));
      if (run.values().isEmpty()) {
        line(text, head, "", run.reason());
      }
      run.values().forEach((figure, value) -> line(text, head, figure, "" + value));
      run.remarks().forEach((name, remark) -> line(text, head, name, remark));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> head, String figure, String value) {
    text.append(head.stream().map(Csv::cell).collect(Collectors.joining(",")));
    text.append(',').append(cell(figure)).append(',').append(cell(value)).append('\n');
  }

  private static String cell(String value) {
    return value.matches("[^\",\r\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
