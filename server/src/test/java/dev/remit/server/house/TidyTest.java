package dev.remit.server.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.remit.platform.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The style that can be counted: sizes, names, documentation.
///
/// An exception stands in a list here, with its reason.
class TidyTest {
  private static final int LONGEST_FILE = 400;
  private static final int LONGEST_METHOD = 70;
  private static final int LARGEST_PACKAGE = 12;
  private static final List<String> BANNED_SUFFIXES =
      List.of("Manager", "Helper", "Util", "Utils", "Impl", "Base", "Service");

  /// Written in parts, so that this file does not fail itself.
  private static final Pattern BANNED_WORDS =
      Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|HA" + "CK)\\b");

  private static final Pattern MIGRATION = Pattern.compile("V\\d{4}__[a-z0-9]+(_[a-z0-9]+)*\\.sql");

  /// A class in backticks, perhaps with one of its methods.
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z][a-z0-9]+[A-Za-z0-9]*)(?:\\.([a-z][A-Za-z0-9]*))?`");

  /// Packages over the limit, each with its reason.
  private static final Map<String, String> LARGE_PACKAGES =
      Map.of(
          "evidence/src/main/java/dev/remit/evidence/model",
          "the values of the public formats, a record for each",
          "query-proxy/src/main/java/dev/remit/proxy/resolve",
          "one algorithm over the tree, a class per kind of node",
          "sql-grammar/src/main/java/dev/remit/sql/parser",
          "the generated parser calls each of them by name");

  /// Files over the limit, each with its reason.
  private static final Map<String, String> LONG_FILES =
      Map.of(
          "query-proxy/src/main/java/dev/remit/proxy/session/Session.java",
          "the state machine of a connection, with its figure");

  @Test
  void noFileIsLongerThan400Lines() {
    assertThat(SourceTree.java())
        .filteredOn(file -> SourceTree.text(file).lines().count() > LONGEST_FILE)
        .filteredOn(file -> !LONG_FILES.containsKey(SourceTree.name(file)))
        .isEmpty();
  }

  @Test
  void noMethodIsLongerThan70Lines() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> tooLong = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  diagnostic -> {},
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(SourceTree.java()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Methods(unit, positions, tooLong).scan(unit, null);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  private static final class Methods extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> tooLong;

    Methods(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
      this.unit = unit;
      this.positions = positions;
      this.tooLong = tooLong;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      long start = positions.getStartPosition(unit, method);
      long end = positions.getEndPosition(unit, method);
      if (start >= 0 && end > start) {
        long lines =
            unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(start) + 1;
        if (lines > LONGEST_METHOD) {
          tooLong.add(
              unit.getSourceFile().getName() + " " + method.getName() + ": " + lines + " lines");
        }
      }
      return super.visitMethod(method, null);
    }
  }

  @Test
  void noWordOfUnfinishedWorkIsLeft() {
    assertThat(SourceTree.java())
        .filteredOn(file -> BANNED_WORDS.matcher(SourceTree.text(file)).find())
        .isEmpty();
  }

  @Test
  void noTypeHidesBehindAnEmptySuffix() {
    assertThat(
            SourceTree.product().stream()
                .map(SourceTree::name)
                .filter(name ->
                    BANNED_SUFFIXES.stream().anyMatch(suffix -> name.endsWith(suffix + ".java"))))
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsAndHoldsAtMostTwelveTypes() {
    Map<Path, Long> packages =
        SourceTree.product().stream()
            .collect(
                Collectors.groupingBy(
                    file -> file.resolveSibling(""), TreeMap::new, Collectors.counting()));
    assertThat(packages.keySet())
        .filteredOn(folder -> !Files.exists(folder.resolve("package-info.java")))
        .isEmpty();
    packages.keySet().removeIf(folder -> LARGE_PACKAGES.containsKey(SourceTree.name(folder)));
    packages.values().removeIf(files -> files - 1 <= LARGEST_PACKAGE);
    assertThat(packages).isEmpty();
  }

  @Test
  void migrationsAreNamedByNumberAndDeed() {
    assertThat(SourceTree.files(".sql"))
        .filteredOn(file -> file.toString().contains("/resources/db/"))
        .isNotEmpty()
        .allMatch(
            file -> MIGRATION.matcher(String.valueOf(file.getFileName())).matches(),
            "are named so");
  }

  @Test
  void everyErrorCodeIsDocumented() throws IOException {
    Path page = SourceTree.ROOT.resolve("docs/errors.md");
    String text = errorPage();
    if (Boolean.getBoolean("remit.docs.write")) {
      Files.writeString(page, text);
    }
    assertThat(page).hasContent(text);
  }

  private static String errorPage() {
    StringBuilder text =
        new StringBuilder(
            """
            # Errors

            Written from `ErrorCode`; a test keeps it current. HTTP answers are problem documents (RFC 9457) whose
            `type` is `urn:remit:error:` and the name below; PostgreSQL clients see the SQLSTATE.

            | Name | HTTP | SQLSTATE | May succeed when tried again |
            |---|---|---|---|
            """);
    for (ErrorCode code : ErrorCode.values()) {
      text.append(
          "| `%s` | %d | %s | %s |\n"
              .formatted(
                  code.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                  code.httpStatus(),
                  code.sqlState(),
                  code.retryable() ? "yes" : "no"));
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARCHITECTURE.md", "docs/leak-channels.md", "docs/extending.md"})
  void everyClassAndTestNamedInADocumentExists(String document) {
    Map<String, String> known =
        SourceTree.java().stream()
            .collect(
                Collectors.toMap(
                    file -> String.valueOf(file.getFileName()).replace(".java", ""),
                    SourceTree::text,
                    String::concat));
    Matcher named = NAMED.matcher(SourceTree.text(SourceTree.ROOT.resolve(document)));
    List<String> unknown = new ArrayList<>();
    while (named.find()) {
      String source = known.getOrDefault(named.group(1), "");
      boolean declared = named.group(2) == null || source.contains(" " + named.group(2) + "(");
      if (source.isEmpty() || !declared) {
        unknown.add(named.group());
      }
    }
    assertThat(unknown).isEmpty();
  }
}
