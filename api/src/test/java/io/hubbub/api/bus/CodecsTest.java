package io.hubbub.api.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubbub.api.Histories;
import io.hubbub.api.query.Query;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodecsTest {
  private final Map<Class<?>, MessageCodec<Object, Object>> codecs = registered();

  @Test
  void everyMessageComesOutAsItWentIn() {
    codecs.forEach(
        (type, codec) ->
            Histories.each(
                100,
                random -> {
                  Object sent = new RandomRecords(random).record(type);
                  Buffer wire = Buffer.buffer(new byte[random.nextInt(9)]);
                  int start = wire.length();
                  codec.encodeToWire(wire, sent);
                  assertEquals(sent, codec.decodeFromWire(start, wire), type.getSimpleName());
                  assertSame(sent, codec.transform(sent));
                }));
  }

  @Test
  void aNewerSendersFieldsAtTheEndAreIgnored() {
    codecs.forEach(
        (type, codec) ->
            Histories.each(
                20,
                random -> {
                  Object sent = new RandomRecords(random).record(type);
                  Buffer wire = Buffer.buffer();
                  codec.encodeToWire(wire, sent);
                  wire.setByte(0, (byte) (WireCodec.VERSION + 1)).appendString("more");
                  assertEquals(sent, codec.decodeFromWire(0, wire), type.getSimpleName());
                }));
  }

  @Test
  void aMessageCutShortFailsAloneAndAtOnce() {
    codecs.forEach(
        (type, codec) ->
            Histories.each(
                20,
                random -> {
                  Object sent = new RandomRecords(random).record(type);
                  Buffer wire = Buffer.buffer();
                  codec.encodeToWire(wire, sent);
                  Buffer part = wire.slice(0, 1 + random.nextInt(wire.length()));
                  if (part.length() == wire.length()) {
                    return;
                  }
                  try {
                    assertNotEquals(sent, codec.decodeFromWire(0, part), type.getSimpleName());
                  } catch (IndexOutOfBoundsException e) {
                    assertTrue(part.length() < wire.length());
                  }
                }));
  }

  @Test
  void everyQuestionIsRegisteredUnderANameOfItsOwn() throws Exception {
    Set<String> names = new HashSet<>();
    codecs.values().forEach(codec -> assertTrue(names.add(codec.name()), codec.name()));
    Path folder =
        Path.of(Query.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("io/hubbub/api/query");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName("io.hubbub.api.query." + name);
        if (type.isRecord() && Query.class.isAssignableFrom(type)) {
          assertTrue(codecs.containsKey(type), name);
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<Class<?>, MessageCodec<Object, Object>> registered() {
    Map<Class<?>, MessageCodec<Object, Object>> found = new LinkedHashMap<>();
    EventBus bus =
        (EventBus)
            Proxy.newProxyInstance(
                EventBus.class.getClassLoader(),
                new Class<?>[] {EventBus.class},
                (proxy, method, arguments) -> {
                  found.put((Class<?>) arguments[0], (MessageCodec<Object, Object>) arguments[1]);
                  return proxy;
                });
    BusCodecs.register(bus);
    return found;
  }
}
