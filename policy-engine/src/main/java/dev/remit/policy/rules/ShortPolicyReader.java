package dev.remit.policy.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.remit.catalog.model.PurposeCode;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads short policies strictly: an unknown key, a wrong type, an empty list or a missing purpose
/// is refused, and the message names the policy and the key.
public final class ShortPolicyReader {
  private static final Set<String> KEYS =
      Set.of("name", "tables", "columns", "to", "for", "masks", "rows", "deny");
  private static final Set<String> PRINCIPAL_KEYS = Set.of("users", "groups", "roles");
  private static final Set<String> MASK_KEYS = Set.of("tags", "columns", "with");

  private ShortPolicyReader() {}

  /// Reads one element of `policies:`. Errors: INVALID_POLICY.
  public static ShortPolicy read(JsonNode node) {
    String name = name(node);
    try {
      return body(name, node);
    } catch (IllegalArgumentException mistake) {
      throw new RemitException(
          ErrorCode.INVALID_POLICY, "policy '" + name + "': " + mistake.getMessage(), mistake);
    }
  }

  private static String name(JsonNode node) {
    JsonNode name = node.path("name");
    if (!node.isObject() || !name.isTextual() || name.textValue().isBlank()) {
      throw new RemitException(
          ErrorCode.INVALID_POLICY, "each policy is a mapping that begins with its `name:`");
    }
    return name.textValue();
  }

  private static ShortPolicy body(String name, JsonNode node) {
    refuseUnknown(node, KEYS);
    JsonNode to = node.path("to");
    require(to.isObject() && !to.isEmpty(), "`to:` must name users, groups or roles");
    refuseUnknown(to, PRINCIPAL_KEYS);
    boolean deny = flag(node, "deny");
    List<MaskRule> masks = masks(node);
    Optional<String> rows = rows(node);
    require(!deny || (masks.isEmpty() && rows.isEmpty()), "a deny policy has no masks and rows");
    return new ShortPolicy(
        name,
        texts(node, "tables", TablePattern::parse),
        node.has("columns") ? texts(node, "columns", ShortPolicyReader::pattern) : List.of("*"),
        principals(to, "users"),
        principals(to, "groups"),
        principals(to, "roles"),
        new LinkedHashSet<>(texts(node, "for", PurposeCode::new)),
        masks,
        rows,
        deny);
  }

  private static Set<String> principals(JsonNode to, String key) {
    return to.has(key) ? new LinkedHashSet<>(texts(to, key, ShortPolicyReader::plain)) : Set.of();
  }

  private static boolean flag(JsonNode node, String key) {
    JsonNode value = node.path(key);
    require(value.isMissingNode() || value.isBoolean(), "`" + key + ":` is true or false");
    return value.booleanValue();
  }

  private static Optional<String> rows(JsonNode node) {
    JsonNode rows = node.path("rows");
    if (rows.isMissingNode()) {
      return Optional.empty();
    }
    require(rows.isTextual() && !rows.textValue().isBlank(), "`rows:` must be an expression");
    return Optional.of(rows.textValue());
  }

  private static List<MaskRule> masks(JsonNode node) {
    List<MaskRule> rules = new ArrayList<>();
    if (!node.has("masks")) {
      return rules;
    }
    JsonNode masks = node.path("masks");
    require(masks.isArray() && !masks.isEmpty(), "`masks:` must be a list that is not empty");
    for (JsonNode mask : masks) {
      require(mask.isObject() && mask.has("with"), "each mask has `tags:` or `columns:`, `with:`");
      refuseUnknown(mask, MASK_KEYS);
      require(mask.has("tags") != mask.has("columns"), "a mask has either `tags:` or `columns:`");
      rules.add(
          new MaskRule(
              mask.has("tags") ? texts(mask, "tags", ShortPolicyReader::plain) : List.of(),
              mask.has("columns") ? texts(mask, "columns", ShortPolicyReader::pattern) : List.of(),
              mask(mask.path("with"))));
    }
    return rules;
  }

  private static MaskSpec mask(JsonNode with) {
    if (with.isNull()) {
      return new MaskSpec(MaskKind.NULL);
    }
    if (with.isTextual()) {
      return new MaskSpec(kind(with.textValue()));
    }
    require(
        with.isObject() && with.size() == 1,
        "`with:` is a mask's name, or {constant: VALUE}, or {custom: EXPRESSION}");
    String name = with.fieldNames().next();
    JsonNode argument = with.path(name);
    require(argument.isValueNode() && !argument.isNull(), "the mask " + name + " needs its value");
    return new MaskSpec(kind(name), argument.asText());
  }

  private static MaskKind kind(String name) {
    return MaskKind.ofShortName(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no mask '" + name + "'"));
  }

  private static <T> List<T> texts(JsonNode node, String key, Function<String, T> read) {
    JsonNode list = node.path(key);
    require(list.isArray() && !list.isEmpty(), "`" + key + ":` must be a list that is not empty");
    List<T> values = new ArrayList<>();
    for (JsonNode element : list) {
      require(
          element.isTextual() && !element.textValue().isBlank(),
          "`" + key + ":` holds texts that are not empty");
      values.add(read.apply(element.textValue()));
    }
    return values;
  }

  private static String plain(String text) {
    require(
        text.chars().noneMatch(character -> "*?{}".indexOf(character) >= 0),
        "'" + text + "' may not hold any of * ? { }");
    return text;
  }

  private static String pattern(String text) {
    require(
        text.chars().noneMatch(character -> "{}".indexOf(character) >= 0),
        "'" + text + "' may not hold { or }");
    return text;
  }

  private static void refuseUnknown(JsonNode node, Set<String> known) {
    for (String key : (Iterable<String>) node::fieldNames) {
      require(known.contains(key), "unknown key `" + key + ":`");
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
