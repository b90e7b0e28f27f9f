package io.hubbub.chat.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The OpenAPI and AsyncAPI documents hold together. */
class DocumentsTest {
  @Test
  void everyReferenceLeadsSomewhere() {
    for (String name : new String[] {"openapi.json", "asyncapi.json"}) {
      JsonObject document = new JsonObject(ApiDocument.resource(name));
      List<String> references = new ArrayList<>();
      collect(document, references);
      assertTrue(references.size() > 20, name);
      for (String reference : references) {
        assertTrue(reference.startsWith("#/"), reference);
        Object found = JsonPointer.from(reference.substring(1)).queryJson(document);
        assertTrue(found != null, name + ": " + reference);
      }
    }
  }

  @Test
  void everyOperationHasAnIdOfItsOwn() {
    List<String> ids = ApiDocument.load().endpoints().stream().map(one -> one.id()).toList();
    assertEquals(new HashSet<>(ids).size(), ids.size());
  }

  @Test
  void onlyTheDoorIsOpenWithoutALogin() {
    List<String> open =
        ApiDocument.load().endpoints().stream()
            .filter(endpoint -> !endpoint.login())
            .map(ApiDocument.Endpoint::id)
            .sorted()
            .toList();
    assertEquals(
        List.of("asyncapi", "login", "openapi", "refreshToken", "register", "status"), open);
  }

  private static void collect(@Nullable Object value, List<String> references) {
    if (value instanceof JsonObject object) {
      for (String name : object.fieldNames()) {
        if (name.equals("$ref")) {
          references.add(String.valueOf(object.getValue(name)));
        } else {
          collect(object.getValue(name), references);
        }
      }
    } else if (value instanceof JsonArray array) {
      array.forEach(item -> collect(item, references));
    }
  }
}
