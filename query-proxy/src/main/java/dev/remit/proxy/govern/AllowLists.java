package dev.remit.proxy.govern;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The functions, operators and types of `pg_catalog` that statements may use: the resource files
/// beside this class. Whatever is not listed is refused.
public final class AllowLists {
  /// What sort of function a name is.
  public enum FunctionClass {
    SCALAR,
    AGGREGATE,
    WINDOW,
    SET,
    /// The result may have the type of an argument.
    KEEPS_TYPE,
    /// Of the system catalog, telling nothing of the source's own objects.
    HARMLESS,
    /// Looks into the system catalog and is guarded there.
    CATALOG
  }

  private static final String EXTENSION = "extension ";

  private final Map<FunctionClass, Set<String>> functions = new EnumMap<>(FunctionClass.class);
  private final Map<String, Set<String>> ofExtensions = new HashMap<>();
  private final Set<String> operators = new HashSet<>();
  private final Set<String> types = new HashSet<>();

  private AllowLists() {}

  /// Reads the lists; a missing file is a broken build.
  public static AllowLists load() {
    AllowLists lists = new AllowLists();
    for (FunctionClass functionClass : FunctionClass.values()) {
      lists.functions.put(functionClass, new HashSet<>());
    }
    String[] section = {""};
    read(
        "functions.txt",
        line -> {
          if (line.startsWith("[")) {
            section[0] = line.substring(1, line.indexOf(']'));
          } else {
            lists.section(section[0]).addAll(words(line));
          }
        });
    read("behind-operators.txt", line -> lists.of(FunctionClass.SCALAR).addAll(words(line)));
    read("operators.txt", line -> lists.operators.addAll(words(line)));
    read("types.txt", line -> lists.types.addAll(words(line)));
    return lists;
  }

  /// Whether the function may be called without looking at its arguments.
  public boolean isFree(String function) {
    return of(FunctionClass.SCALAR).contains(function)
        || of(FunctionClass.AGGREGATE).contains(function)
        || of(FunctionClass.WINDOW).contains(function)
        || of(FunctionClass.SET).contains(function);
  }

  /// Whether it may be called with this number of arguments, or stands for a cast: `date('…')`.
  public boolean isFree(String function, int arguments) {
    return isFree(function)
        || isFree(function + "/" + arguments)
        || (arguments == 1 && isType(function) && !function.startsWith("any"));
  }

  public boolean is(FunctionClass functionClass, String function) {
    return of(functionClass).contains(function);
  }

  /// Whether a function may be called that this extension owns.
  public boolean isOfExtension(String extension, String function) {
    return ofExtensions.getOrDefault(extension, Set.of()).contains(function);
  }

  public boolean isOperator(String symbol) {
    return operators.contains(symbol);
  }

  /// A type of `pg_catalog` by its internal name, without array brackets.
  public boolean isType(String name) {
    return types.contains(name);
  }

  private Set<String> section(String name) {
    return name.startsWith(EXTENSION)
        ? ofExtensions.computeIfAbsent(
            name.substring(EXTENSION.length()), extension -> new HashSet<>())
        : of(FunctionClass.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  private Set<String> of(FunctionClass functionClass) {
    return Objects.requireNonNull(functions.get(functionClass));
  }

  private static Set<String> words(String line) {
    return Set.of(line.trim().split("\\s+"));
  }

  private static void read(String name, java.util.function.Consumer<String> line) {
    try (InputStream file =
            Objects.requireNonNull(AllowLists.class.getResourceAsStream(name), name);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      reader.lines().filter(text -> !text.isBlank() && !text.startsWith("# ")).forEach(line);
    } catch (IOException failure) {
      throw new UncheckedIOException("could not read " + name, failure);
    }
  }
}
