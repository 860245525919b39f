package dev.remit.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/configuration.md says what the records say: it is written from their comments.
///
/// Run with `-Dremit.docs.write=true` to write it.
class ConfigurationReferenceTest {
  private static final Path SOURCE =
      Path.of("src/main/java/dev/remit/platform/config/RemitConfiguration.java");
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Pattern RECORD = Pattern.compile("public record (\\w+)\\(");

  @Test
  void theReferencePageIsCurrent() throws IOException {
    String page = page(comments());
    if (Boolean.getBoolean("remit.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).hasContent(page);
  }

  private static String page(Map<String, Map<String, String>> comments) {
    StringBuilder text =
        new StringBuilder(
            """
            # Configuration

            Written from the comments of `RemitConfiguration`; a test keeps it current.

            Remit reads `remit.yaml` in the working folder, or the file named by `REMIT_CONFIG`. A key
            that is not listed here is refused. `${NAME}` within a value is replaced by the environment
            variable `NAME`. The variable beside each key wins over the file.
            """);
    append(text, "", RemitConfiguration.class, RemitConfiguration.DEFAULT, comments);
    return text.toString();
  }

  private static void append(
      StringBuilder text,
      String prefix,
      Class<?> type,
      Object defaults,
      Map<String, Map<String, String>> comments) {
    Map<String, String> own = comments.getOrDefault(type.getSimpleName(), Map.of());
    List<RecordComponent> sections = new ArrayList<>();
    text.append("\n| Key | Default | Variable | Meaning |\n|---|---|---|---|\n");
    for (RecordComponent component : type.getRecordComponents()) {
      assertThat(own).as("comments of %s", type).containsKey(component.getName());
      if (component.getType().isRecord()) {
        sections.add(component);
        continue;
      }
      String key = prefix + component.getName();
      text.append(
          "| `%s` | %s | `%s` | %s |\n"
              .formatted(
                  key,
                  shown(value(component, defaults)),
                  ConfigurationFile.variable(key),
                  own.get(component.getName())));
    }
    for (RecordComponent section : sections) {
      text.append(
          "\n## %s\n\n%s\n"
              .formatted(section.getName(), sentence(own.getOrDefault(section.getName(), ""))));
      append(
          text,
          prefix + section.getName() + ".",
          section.getType(),
          value(section, defaults),
          comments);
    }
  }

  private static String sentence(String comment) {
    return Character.toUpperCase(comment.charAt(0)) + comment.substring(1) + ".";
  }

  private static String shown(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Object::toString).map("`%s`"::formatted).orElse("not set");
    }
    return "`"
        + (value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : value)
        + "`";
  }

  private static Object value(RecordComponent component, Object defaults) {
    try {
      return component.getAccessor().invoke(defaults);
    } catch (ReflectiveOperationException failure) {
      throw new LinkageError("a record lost an accessor", failure);
    }
  }

  /// `@param` texts by record and component, from the source.
  private static Map<String, Map<String, String>> comments() throws IOException {
    Map<String, Map<String, String>> comments = new LinkedHashMap<>();
    Map<String, String> pending = new LinkedHashMap<>();
    String parameter = "";
    for (String line : Files.readAllLines(SOURCE)) {
      String text = line.strip();
      Matcher declared = RECORD.matcher(text);
      if (text.startsWith("/// @param ")) {
        String[] words = text.substring("/// @param ".length()).split(" ", 2);
        parameter = words[0];
        pending.put(parameter, words[1]);
      } else if (text.startsWith("///") && !parameter.isEmpty()) {
        pending.merge(parameter, text.substring(3).strip(), (a, b) -> a + " " + b);
      } else if (declared.find()) {
        comments.put(declared.group(1), Map.copyOf(pending));
        pending.clear();
        parameter = "";
      }
    }
    return comments;
  }
}
