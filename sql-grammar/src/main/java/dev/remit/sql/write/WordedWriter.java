package dev.remit.sql.write;

import dev.remit.sql.model.Query;
import dev.remit.sql.model.expression.SortItem;
import dev.remit.sql.model.expression.TypeName;
import dev.remit.sql.model.expression.WindowDefinition;
import dev.remit.sql.model.worded.Worded;
import dev.remit.sql.model.worded.Worded.Part;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/// Writes calls that have words between their arguments, piece by piece as they were read.
final class WordedWriter {
  /// No space goes before these.
  private static final Set<String> TIGHT = Set.of("(", ",", ")");

  private final Output output;
  private final ExpressionWriter expressions;
  private final QueryWriter queries;

  WordedWriter(Output output, ExpressionWriter expressions, QueryWriter queries) {
    this.output = output;
    this.expressions = expressions;
    this.queries = queries;
  }

  void write(Worded call) {
    String space = "";
    for (Part part : call.parts()) {
      boolean tight = part instanceof Part.Word word && TIGHT.contains(word.text());
      output.add(tight ? "" : space);
      switch (part) {
        case Part.Word word -> output.from(word.position()).add(word.text());
        case Part.Name name -> output.name(name.text());
        case Part.Operand operand -> operand(call.operand(operand));
      }
      space = part instanceof Part.Word word && word.text().equals("(") ? "" : " ";
    }
  }

  private void operand(SqlNode node) {
    switch (node) {
      case Query query -> queries.write(query);
      case TypeName type -> expressions.type(type);
      case WindowDefinition window -> expressions.window(window);
      case SqlNodeList list when !list.isEmpty() && list.get(0) instanceof SortItem ->
          expressions.orderBy(list);
      default -> expressions.write(node);
    }
  }
}
