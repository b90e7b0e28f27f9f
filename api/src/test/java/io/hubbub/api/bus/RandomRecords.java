package io.hubbub.api.bus;

import io.hubbub.api.link.Item;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records of the bus with random contents, from what their components are declared to be. */
final class RandomRecords {
  private static final String[] LETTERS = {
    "a", "Z", "0", " ", "\n", "\"", "é", "漢", "🦊", "\u0001"
  };

  private final Random random;

  RandomRecords(Random random) {
    this.random = random;
  }

  <T> T record(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] =
          nullable(components[i].getAnnotatedType()) && random.nextInt(3) == 0
              ? null
              : value(components[i].getGenericType());
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean nullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class ? map(of[0], of[1]) : list(of[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == long.class || plain == Long.class) {
      return number();
    } else if (plain == int.class) {
      return (int) number();
    } else if (plain == boolean.class) {
      return random.nextBoolean();
    } else if (plain == String.class) {
      return text();
    } else if (plain == UUID.class) {
      return new UUID(random.nextLong(), random.nextLong());
    } else if (plain.isEnum()) {
      Object[] constants = plain.getEnumConstants();
      return constants[random.nextInt(constants.length)];
    } else if (plain == Item.class) {
      Class<?>[] kinds = Item.class.getPermittedSubclasses();
      return record(kinds[random.nextInt(kinds.length)]);
    }
    return record(plain);
  }

  /** Of any length: a variable-length integer must bear them all. */
  private long number() {
    return random.nextLong() >> random.nextInt(64);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(5);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  private List<Object> list(Type of) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value(of));
    }
    return list;
  }

  private Map<Object, Object> map(Type key, Type value) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(value(key), value(value));
    }
    return map;
  }
}
