package dev.remit.proxy.systemcatalog;

import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.source.SystemColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `relations.txt`: which rows of each catalog relation there are, and which columns as they
/// are.
final class RelationRules {
  private static final String DEFAULT_ROWS = "true";
  private static final Pattern ONE_RELATION =
      Pattern.compile("[a-z_]+[.](?<name>[a-z_]+)( AS (?<alias>[a-z_]+))?");

  /// One relation's rule while it is read.
  private static final class Rule {
    private final String relation;
    private final Set<String> clear = new LinkedHashSet<>();
    private final Map<String, String> expressions = new LinkedHashMap<>();
    private String from;
    private String rows = DEFAULT_ROWS;

    Rule(String relation) {
      this.relation = relation;
      this.from = relation;
    }
  }

  private final Map<String, String> definitions = new LinkedHashMap<>();
  private final List<Rule> rules = new ArrayList<>();

  private RelationRules() {}

  /// The governed relations of a source, by `schema.name`.
  static Map<String, SystemRelation> relations(SourceFacts facts) {
    RelationRules read = new RelationRules();
    RuleFile.lines("relations.txt").forEach(read::line);
    Map<String, SystemRelation> relations = new HashMap<>();
    for (Rule rule : read.rules) {
      List<SystemColumn> columns = facts.systemColumns().get(rule.relation);
      if (columns != null) {
        relations.put(rule.relation, relation(rule, columns, new ColumnTypes(facts)));
      }
    }
    return relations;
  }

  private void line(String line) {
    String word = line.substring(0, line.indexOf(' '));
    String rest = line.substring(word.length()).trim();
    switch (word) {
      case "define" -> definitions.put(first(rest), defined(afterFirst(rest)));
      case "relation" -> rules.add(new Rule(rest));
      case "clear" -> rules.getLast().clear.addAll(List.of(rest.split(" +")));
      case "column" -> rules.getLast().expressions.put(first(rest), expanded(afterFirst(rest)));
      case "from" -> rules.getLast().from = expanded(rest);
      case "where" -> rules.getLast().rows = expanded(rest);
      case "empty" -> {
        for (String relation : rest.split(" +")) {
          Rule rule = new Rule(relation);
          rule.rows = "false";
          rules.add(rule);
        }
      }
      default -> throw new IllegalStateException("relations.txt: " + line);
    }
  }

  private static String first(String text) {
    return text.substring(0, text.indexOf(' '));
  }

  private static String afterFirst(String text) {
    return text.substring(text.indexOf(' ') + 1);
  }

  private String expanded(String text) {
    return VisibleObjects.typed(defined(text));
  }

  private String defined(String text) {
    String result = text;
    for (Map.Entry<String, String> definition : definitions.entrySet()) {
      result = result.replaceAll("@" + definition.getKey() + "\\b", quoted(definition.getValue()));
    }
    return result;
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  private static SystemRelation relation(Rule rule, List<SystemColumn> columns, ColumnTypes types) {
    List<String> targets = new ArrayList<>();
    List<SystemColumn> shown = new ArrayList<>();
    Set<String> plain = new LinkedHashSet<>();
    for (SystemColumn column : columns) {
      long type = ColumnTypes.shown(column.typeOid());
      String name = "\"" + column.name() + "\"";
      String value = rule.expressions.get(column.name());
      if (rule.clear.contains(column.name()) && type == column.typeOid()) {
        targets.add(name);
        plain.add(column.name());
      } else {
        if (rule.clear.contains(column.name())) {
          value = name;
        }
        targets.add(
            "CAST("
                + (value == null ? "NULL" : value)
                + " AS "
                + types.name(type)
                + ") AS "
                + name);
      }
      shown.add(new SystemColumn(column.name(), type));
    }
    String sql =
        "SELECT "
            + String.join(", ", targets)
            + " FROM "
            + rule.from
            + " WHERE ("
            + rule.rows
            + ")"
            + SystemRelation.FENCE;
    String[] names = rule.relation.split("\\.");
    Matcher one = ONE_RELATION.matcher(rule.from);
    if (!one.matches()) {
      return new SystemRelation(names[0], names[1], shown, Set.of(), "", sql);
    }
    @Nullable String alias = one.group("alias");
    return new SystemRelation(
        names[0], names[1], shown, plain, alias != null ? alias : one.group("name"), sql);
  }
}
