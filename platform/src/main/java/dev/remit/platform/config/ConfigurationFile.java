package dev.remit.platform.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads `remit.yaml` and the environment into a [RemitConfiguration].
///
/// Three layers, the later wins: the defaults, the file, variables named after keys. `${NAME}`
/// within a value of the file is replaced by the variable of that name. Every mistake is an
/// INVALID_CONFIGURATION that names the key.
public final class ConfigurationFile {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(Path.class, ToStringSerializer.instance))
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private ConfigurationFile() {}

  /// The file need not exist: then only defaults and environment count.
  public static RemitConfiguration load(Path file, Map<String, String> environment) {
    if (!Files.exists(file)) {
      return parse("", environment);
    }
    try {
      return parse(Files.readString(file), environment);
    } catch (RemitException mistake) {
      throw new RemitException(
          mistake.code(),
          mistake.getMessage() + "; read from " + file + " and the environment",
          mistake);
    } catch (IOException failure) {
      throw new RemitException(ErrorCode.INVALID_CONFIGURATION, "could not read " + file, failure);
    }
  }

  static RemitConfiguration parse(String yaml, Map<String, String> environment) {
    ObjectNode tree = MAPPER.valueToTree(RemitConfiguration.DEFAULT);
    merge(tree, substitute(readTree(yaml), "", environment));
    for (String key : keys()) {
      String value = environment.get(variable(key));
      if (value != null) {
        set(tree, key, value);
      }
    }
    return bind(tree);
  }

  /// Every key that can be set, in the order of the records.
  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    collect("", RemitConfiguration.class, keys);
    return keys;
  }

  /// The environment variable of a key.
  static String variable(String key) {
    return "REMIT_"
        + key.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static JsonNode readTree(String yaml) {
    try {
      JsonNode tree = MAPPER.readTree(yaml);
      if (tree.isMissingNode() || tree.isNull()) {
        return MAPPER.createObjectNode();
      }
      if (!tree.isObject()) {
        throw refused("the file holds keys and values, one `key: value` per line", null);
      }
      return tree;
    } catch (JsonProcessingException failure) {
      throw refused(
          "line %d is not valid YAML: %s"
              .formatted(
                  failure.getLocation() == null ? 0 : failure.getLocation().getLineNr(),
                  failure.getOriginalMessage().lines().findFirst().orElse("")),
          failure);
    }
  }

  private static JsonNode substitute(JsonNode node, String path, Map<String, String> environment) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        field.setValue(substitute(field.getValue(), key, environment));
      }
      return object;
    }
    if (!node.isTextual()) {
      return node;
    }
    Matcher matcher = VARIABLE.matcher(node.textValue());
    return TextNode.valueOf(
        matcher.replaceAll(found ->
            Matcher.quoteReplacement(
                Optional.ofNullable(environment.get(found.group(1)))
                    .orElseThrow(() ->
                        refused(
                            "%s needs the environment variable %s, which is not set"
                                .formatted(path, found.group(1)),
                            null)))));
  }

  private static void merge(ObjectNode into, JsonNode from) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      JsonNode existing = into.get(field.getKey());
      if (existing instanceof ObjectNode target && field.getValue().isObject()) {
        merge(target, field.getValue());
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }

  private static void set(ObjectNode tree, String key, String value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      tree.put(key, value);
    } else if (tree.get(key.substring(0, dot)) instanceof ObjectNode section) {
      set(section, key.substring(dot + 1), value);
    }
  }

  private static RemitConfiguration bind(ObjectNode tree) {
    try {
      return MAPPER.treeToValue(tree, RemitConfiguration.class);
    } catch (UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream()
              .map(Object::toString)
              .collect(Collectors.toCollection(TreeSet::new))
              .stream()
              .collect(Collectors.joining(", "));
      throw refused("%s is not a key; known here: %s".formatted(path(unknown), known), unknown);
    } catch (JsonMappingException failure) {
      Throwable cause = failure.getCause();
      if (cause instanceof IllegalArgumentException) {
        throw refused(String.valueOf(cause.getMessage()), failure);
      }
      throw refused("the value of %s does not fit".formatted(path(failure)), failure);
    } catch (JsonProcessingException failure) {
      throw refused("it cannot be read", failure);
    }
  }

  private static String path(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(reference -> String.valueOf(reference.getFieldName()))
        .collect(Collectors.joining("."));
  }

  private static void collect(String prefix, Class<?> type, List<String> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + component.getName();
      if (component.getType().isRecord()) {
        collect(key + ".", component.getType(), keys);
      } else {
        keys.add(key);
      }
    }
  }

  private static RemitException refused(String what, @Nullable Throwable cause) {
    String message = "configuration: " + what + " (docs/configuration.md lists every key)";
    return cause == null
        ? new RemitException(ErrorCode.INVALID_CONFIGURATION, message)
        : new RemitException(ErrorCode.INVALID_CONFIGURATION, message, cause);
  }
}
