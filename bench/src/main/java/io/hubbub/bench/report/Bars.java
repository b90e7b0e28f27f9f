package io.hubbub.bench.report;

import io.hubbub.bench.contestant.Contestants.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plot as SVG: a bar for each contestant's median, a whisker from its least to its most. It has
 * no background, and its colours follow the reader's light or dark scheme.
 */
final class Bars {
  private static final int WIDTH = 760;
  private static final int LEFT = 130;
  private static final int RIGHT = 190;
  private static final int TOP = 46;
  private static final int ROW = 30;
  private static final int THICK = 18;
  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #24292f; }
        .title { font-weight: 600; font-size: 15px; }
        .axis { stroke: #8c959f; stroke-width: 1; }
        .spread { stroke: #24292f; stroke-width: 1.5; }
        .hubbub { fill: #2f81f7; }
        .limit { fill: #8c959f; }
        .peer { fill: #d9822b; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .spread { stroke: #e6edf3; }
        }
      </style>
      """;

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  Bars(String title) {
    this.title = title;
  }

  private record Bar(String name, Kind kind, Spread spread) {}

  Bars bar(String name, Kind kind, Spread spread) {
    bars.add(new Bar(name, kind, spread));
    return this;
  }

  boolean isEmpty() {
    return bars.isEmpty();
  }

  String svg() {
    int height = TOP + bars.size() * ROW + 10;
    double most = bars.stream().mapToDouble(bar -> bar.spread.most()).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\" aria-label=\"%s\">%n",
        WIDTH,
        height,
        WIDTH,
        height,
        escaped(title));
    svg.append(STYLE);
    add(svg, "<text class=\"title\" x=\"10\" y=\"24\">%s</text>%n", escaped(title));
    for (int i = 0; i < bars.size(); i++) {
      draw(svg, bars.get(i), TOP + i * ROW, most > 0 ? (WIDTH - LEFT - RIGHT) / most : 0);
    }
    int bottom = TOP + bars.size() * ROW;
    add(svg, "<path class=\"axis\" d=\"M%d %dV%d\"/>%n</svg>%n", LEFT, TOP - 6, bottom);
    return svg.toString();
  }

  private static void draw(StringBuilder svg, Bar bar, int top, double scale) {
    int middle = top + THICK / 2;
    double end = LEFT + Math.max(bar.spread.median() * scale, 1);
    double from = LEFT + bar.spread.least() * scale;
    double to = LEFT + bar.spread.most() * scale;
    add(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
        LEFT - 8,
        middle + 4,
        escaped(bar.name));
    add(
        svg,
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
        bar.kind.name().toLowerCase(Locale.ROOT),
        LEFT,
        top,
        end - LEFT,
        THICK);
    if (bar.spread.count() > 1) {
      add(
          svg,
          "<path class=\"spread\" d=\"M%.1f %dH%.1fM%.1f %dv8M%.1f %dv8\"/>%n",
          from,
          middle,
          to,
          from,
          middle - 4,
          to,
          middle - 4);
    }
    add(
        svg,
        "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
        Math.max(end, to) + 8,
        middle + 4,
        escaped(Numerals.of(bar.spread)));
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
