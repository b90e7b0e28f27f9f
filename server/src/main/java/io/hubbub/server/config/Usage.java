package io.hubbub.server.config;

/** The text of {@code --help}, made from the table of settings. */
public final class Usage {
  private Usage() {}

  /** The whole help, with a newline at its end. */
  public static String text() {
    StringBuilder out = new StringBuilder();
    out.append("Usage: hubbub [--config FILE] [--NAME=VALUE …]\n\n");
    out.append("Starts a Hubbub node: without any setting one with all roles, an embedded\n");
    out.append("PostgreSQL kept under ./data, and the web app at http://localhost:8080.\n\n");
    out.append("Every setting can stand in the file as NAME = VALUE, in the environment as\n");
    out.append("HUBBUB_NAME (dots become underscores: HUBBUB_HTTP_PORT), and on the command\n");
    out.append("line as --NAME=VALUE. Later ones win. Times are written 500ms, 10s, 5m or 1h.\n");
    String group = "none";
    for (Setting<?> setting : Settings.all()) {
      String itsGroup = setting.name().contains(".") ? setting.name().replaceAll("\\..*", "") : "";
      if (!itsGroup.equals(group)) {
        out.append('\n');
        group = itsGroup;
      }
      out.append("  --").append(setting.name()).append('\n');
      out.append("      ").append(setting.help()).append(details(setting)).append('\n');
    }
    out.append("\n  HUBBUB_JAVA_OPTS in the environment is passed to java by ./hubbub.\n");
    return out.toString();
  }

  private static String details(Setting<?> setting) {
    String unit = setting.unit().equals("time") ? "" : setting.unit();
    if (setting.standard().isEmpty()) {
      return unit.isEmpty() ? "" : " [" + unit + "]";
    }
    return " [default " + setting.standard() + (unit.isEmpty() ? "" : " " + unit) + "]";
  }
}
