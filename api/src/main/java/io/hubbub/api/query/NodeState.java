package io.hubbub.api.query;

import io.hubbub.api.bus.In;
import io.hubbub.api.bus.Out;
import io.hubbub.api.bus.Wire;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answer to {@link DescribeNode}.
 *
 * @param figures by name; the unit is part of the name
 * @param problems what keeps it from being ready, by part
 */
public record NodeState(Map<String, Long> figures, Map<String, String> problems) implements Wire {
  @Override
  public void write(Out out) {
    out.varint(figures.size());
    figures.forEach((name, value) -> out.text(name).varint(value));
    out.varint(problems.size());
    problems.forEach((part, what) -> out.text(part).text(what));
  }

  /** The inverse of {@link #write}. */
  public static NodeState read(In in) {
    Map<String, Long> figures = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      figures.put(in.text(), in.varint());
    }
    Map<String, String> problems = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      problems.put(in.text(), in.text());
    }
    return new NodeState(figures, problems);
  }
}
