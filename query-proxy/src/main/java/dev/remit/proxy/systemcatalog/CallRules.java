package dev.remit.proxy.systemcatalog;

import dev.remit.sql.PostgresSql;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;

/// Reads `calls.txt` and builds what stands for a call. One instance serves one statement.
///
/// The guard of an OID is `(SELECT g.o FROM (SELECT argument AS o OFFSET 0) AS g WHERE (g.o IN
/// (SELECT k.oid FROM (governed relation) AS k)) IS TRUE)`: the argument is evaluated once, and
/// what the function gets is the OID of something visible or NULL. PostgreSQL evaluates the inner
/// query once a statement and hashes it; without `IS TRUE` it would make a join of it, begun anew
/// for each row.
final class CallRules {
  private static final Pattern INNERMOST = Pattern.compile("\\{([^{}]*)\\}");
  private static final int FIRST_ARGUMENT = 100;

  private final Map<String, String> rules = new HashMap<>();
  private final SystemCatalog catalog;
  private final Set<SystemRelation> used = new HashSet<>();

  CallRules(SystemCatalog catalog) {
    this.catalog = catalog;
    for (String line : RuleFile.lines("calls.txt")) {
      int name = line.indexOf(' ', line.indexOf('/'));
      rules.put(line.substring(0, name), line.substring(name + 1));
    }
  }

  /// The governed relations that were built in.
  Set<SystemRelation> used() {
    return used;
  }

  /// @param name of the rule: a function's name, or `cast regclass` and its kin
  /// @param value the parameter that carries the value of this index
  /// @return empty when there is no rule, or the source has not what it needs
  Optional<SqlNode> build(String name, List<SqlNode> arguments, IntFunction<SqlNode> value) {
    String rule = rules.get(name + "/" + arguments.size());
    if (rule == null) {
      return Optional.empty();
    }
    return expanded(VisibleObjects.typed(rule))
        .map(text -> bound(PostgresSql.parseExpression(text), arguments, value));
  }

  private static SqlNode bound(SqlNode tree, List<SqlNode> arguments, IntFunction<SqlNode> value) {
    return Objects.requireNonNull(
        tree.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlDynamicParam parameter) {
                int index = parameter.getIndex();
                return index >= FIRST_ARGUMENT
                    ? arguments.get(index - FIRST_ARGUMENT)
                    : value.apply(index);
              }
            }));
  }

  private Optional<String> expanded(String rule) {
    String text = rule;
    Matcher braces = INNERMOST.matcher(text);
    while (braces.find()) {
      Optional<String> replacement = replacement(braces.group(1));
      if (replacement.isEmpty()) {
        return Optional.empty();
      }
      text = text.substring(0, braces.start()) + replacement.get() + text.substring(braces.end());
      braces = INNERMOST.matcher(text);
    }
    return Optional.of(text);
  }

  private Optional<String> replacement(String content) {
    int space = content.indexOf(' ');
    if (space < 0) {
      return relation(content).map(relation -> "(" + relation.sql() + ")");
    }
    String word = content.substring(0, space);
    String rest = content.substring(space + 1);
    if (word.contains(".")) {
      return relation(word).map(relation -> "(" + relation.sqlWhere(rest) + ")");
    }
    if (word.equals("in")) {
      int end = rest.indexOf(' ');
      return relation(rest.substring(0, end))
          .map(relation -> guard(relation, rest.substring(end + 1)));
    }
    String lookup = Objects.requireNonNull(rules.get("lookup " + word + "/1"), content);
    return Optional.of(VisibleObjects.typed(lookup).replace("$101", rest));
  }

  private Optional<SystemRelation> relation(String name) {
    SystemRelation relation = catalog.relations().get(name);
    if (relation != null) {
      used.add(relation);
    }
    return Optional.ofNullable(relation);
  }

  private static String guard(SystemRelation relation, String argument) {
    String key =
        switch (relation.name()) {
          case "pg_index" -> "indexrelid";
          case "pg_partitioned_table" -> "partrelid";
          default -> "oid";
        };
    return "(SELECT g.o FROM (SELECT CAST("
        + argument
        + " AS pg_catalog.oid) AS o OFFSET 0) AS g WHERE (g.o IN (SELECT k."
        + key
        + " FROM ("
        + relation.sql()
        + ") AS k)) IS TRUE)";
  }
}
