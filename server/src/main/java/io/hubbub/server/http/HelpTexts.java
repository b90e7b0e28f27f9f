package io.hubbub.server.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** Says what each of our own metrics means: the texts of {@code metrics.properties}. */
final class HelpTexts implements MeterFilter {
  private final Properties texts = new Properties();

  HelpTexts() {
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(HelpTexts.class.getResourceAsStream("/metrics.properties")),
            StandardCharsets.UTF_8)) {
      texts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    String name = id.getName().replace('.', '_');
    String text = texts.getProperty(id.getType() == Meter.Type.TIMER ? name + "_seconds" : name);
    return text == null
        ? id
        : new Meter.Id(
            id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), text, id.getType());
  }
}
