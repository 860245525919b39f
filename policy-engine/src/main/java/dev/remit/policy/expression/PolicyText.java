package dev.remit.policy.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// The text of a filter or custom mask, parsed once. Attributes of the principal, written
/// `${user.name}` or `${{USER.name}}`, stand in the tree as identifiers that no column can have.
///
/// @param tree parsed, not yet checked against any table
/// @param attributes the attribute named by placeholder `${i}`
public record PolicyText(String text, SqlNode tree, List<String> attributes) {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("'\\$\\{\\{USER\\.(\\w+)}}'|\\$\\{\\{USER\\.(\\w+)}}|\\$\\{user\\.(\\w+)}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([0-9]+)}");

  public PolicyText {
    attributes = List.copyOf(attributes);
  }

  /// Parses the text. What cannot be read, and an attribute inside a string constant, is an
  /// `IllegalArgumentException`.
  public static PolicyText read(String text) {
    List<String> attributes = new ArrayList<>();
    Matcher matcher = ATTRIBUTE.matcher(text);
    StringBuilder replaced = new StringBuilder();
    while (matcher.find()) {
      attributes.add(firstGroup(matcher));
      matcher.appendReplacement(
          replaced, Matcher.quoteReplacement("\"${" + (attributes.size() - 1) + "}\""));
    }
    matcher.appendTail(replaced);
    SqlNode tree = Grammar.read(replaced.toString());
    long written = Pattern.compile("\\$\\{").matcher(replaced).results().count();
    if (placeholders(tree) != attributes.size() || written != attributes.size()) {
      throw new IllegalArgumentException(
          "an attribute is written ${user.name}, by itself and not inside a string constant");
    }
    return new PolicyText(text, tree, attributes);
  }

  /// The attribute this identifier stands for, or null when it is a column.
  @Nullable String attribute(String identifier) {
    Matcher matcher = PLACEHOLDER.matcher(identifier);
    return matcher.matches() ? attributes.get(Integer.parseInt(matcher.group(1))) : null;
  }

  private static String firstGroup(Matcher matcher) {
    for (int group = 1; group <= matcher.groupCount(); group++) {
      @Nullable String name = matcher.group(group);
      if (name != null) {
        return name;
      }
    }
    throw new IllegalStateException("the pattern matched without a name");
  }

  private static int placeholders(SqlNode tree) {
    int[] count = {0};
    tree.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier identifier) {
            if (identifier.isSimple() && PLACEHOLDER.matcher(identifier.getSimple()).matches()) {
              count[0]++;
            }
            return null;
          }
        });
    return count[0];
  }
}
