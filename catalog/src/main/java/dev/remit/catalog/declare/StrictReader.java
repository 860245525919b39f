package dev.remit.catalog.declare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One node of a document with its path; collects every error instead of stopping at the first.
///
/// A wrong part reads as if it were absent, so that reading goes on; the caller looks at the errors
/// before it uses anything.
record StrictReader(String path, JsonNode node, List<String> errors) {

  /// The members of an object, unknown keys refused.
  Map<String, StrictReader> members(String... known) {
    Map<String, StrictReader> members = members();
    for (String key : List.copyOf(members.keySet())) {
      if (!List.of(known).contains(key)) {
        error("unknown key '" + key + "'; known here: " + String.join(", ", known));
        members.remove(key);
      }
    }
    return members;
  }

  /// The members of an object whose keys are names.
  Map<String, StrictReader> members() {
    Map<String, StrictReader> members = new LinkedHashMap<>();
    if (!node.isObject()) {
      if (!node.isNull()) {
        error("expected a mapping");
      }
      return members;
    }
    node.properties()
        .forEach(member ->
            members.put(
                member.getKey(),
                new StrictReader(
                    path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                    member.getValue(),
                    errors)));
    return members;
  }

  List<StrictReader> items() {
    List<StrictReader> items = new ArrayList<>();
    if (!node.isArray()) {
      error("expected a list");
      return items;
    }
    for (int i = 0; i < node.size(); i++) {
      items.add(new StrictReader(path + "[" + i + "]", node.get(i), errors));
    }
    return items;
  }

  List<String> texts() {
    return items().stream().flatMap(item -> item.text().stream()).toList();
  }

  Optional<String> text() {
    if (!node.isTextual() || node.asText().isBlank()) {
      error("expected a text");
      return Optional.empty();
    }
    return Optional.of(node.asText());
  }

  boolean truth() {
    if (!node.isBoolean()) {
      error("expected true or false");
    }
    return node.asBoolean();
  }

  /// The text turned into a value; a refusal of the conversion becomes an error with the path.
  <T> Optional<T> value(String expected, Function<String, T> conversion) {
    Optional<String> text = text();
    try {
      return text.map(conversion);
    } catch (IllegalArgumentException | java.time.DateTimeException refusal) {
      error("'" + text.orElse("") + "' is not " + expected);
      return Optional.empty();
    }
  }

  void error(String message) {
    errors.add((path.isEmpty() ? "the document" : path) + ": " + message);
  }
}
