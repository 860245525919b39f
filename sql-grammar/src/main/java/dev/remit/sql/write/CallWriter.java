package dev.remit.sql.write;

import dev.remit.sql.model.expression.FunctionCall;
import dev.remit.sql.model.expression.WindowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/// Writes function calls in the spelling they came in: PostgreSQL labels a column by it.
final class CallWriter {
  private final Output output;
  private final ExpressionWriter expressions;

  CallWriter(Output output, ExpressionWriter expressions) {
    this.output = output;
    this.expressions = expressions;
  }

  void write(FunctionCall call) {
    List<SqlNode> arguments = arguments(call);
    switch (call.spelling()) {
      case PLAIN -> plain(call);
      case EXTRACT -> {
        output.from(call).add("EXTRACT(");
        expressions.write(arguments.get(0));
        output.add(" FROM ");
        expressions.write(arguments.get(1));
        output.add(")");
      }
      case POSITION -> special(call, "POSITION(", " IN ");
      case OVERLAY_FROM -> special(call, "OVERLAY(", " PLACING ", " FROM ");
      case OVERLAY_FROM_FOR -> special(call, "OVERLAY(", " PLACING ", " FROM ", " FOR ");
      case SUBSTRING_FROM -> special(call, "SUBSTRING(", " FROM ");
      case SUBSTRING_FROM_FOR -> special(call, "SUBSTRING(", " FROM ", " FOR ");
      case SUBSTRING_FOR -> special(call, "SUBSTRING(", " FOR ");
      case SUBSTRING_SIMILAR -> special(call, "SUBSTRING(", " SIMILAR ", " ESCAPE ");
      case TRIM_BOTH_FROM -> trimFrom(call, "BOTH");
      case TRIM_LEADING_FROM -> trimFrom(call, "LEADING");
      case TRIM_TRAILING_FROM -> trimFrom(call, "TRAILING");
      case TRIM_BOTH -> trim(call, "BOTH");
      case TRIM_LEADING -> trim(call, "LEADING");
      case TRIM_TRAILING -> trim(call, "TRAILING");
      case NORMALIZE -> {
        output.from(call).add("NORMALIZE(");
        expressions.write(arguments.get(0));
        if (arguments.size() > 1) {
          String form = ((SqlLiteral) arguments.get(1)).getValueAs(String.class);
          output.add(", ").add(form.toUpperCase(Locale.ROOT));
        }
        output.add(")");
      }
      case COLLATION_FOR -> special(call, "COLLATION FOR (");
      case AT_TIME_ZONE -> {
        output.add("(");
        expressions.write(arguments.get(0));
        output.add(" ").from(call).add("AT TIME ZONE ");
        expressions.write(arguments.get(1));
        output.add(")");
      }
      case AT_LOCAL -> {
        output.add("(");
        expressions.write(arguments.get(0));
        output.add(" ").from(call).add("AT LOCAL)");
      }
      case OVERLAPS -> {
        output.add("((");
        expressions.list(arguments.subList(0, 2));
        output.add(") ").from(call).add("OVERLAPS (");
        expressions.list(arguments.subList(2, 4));
        output.add("))");
      }
    }
  }

  private static List<SqlNode> arguments(FunctionCall call) {
    List<SqlNode> arguments = new ArrayList<>();
    for (SqlNode argument : call.arguments()) {
      arguments.add(argument);
    }
    return arguments;
  }

  /// The first argument after the opening words, each further one after its words.
  private void special(FunctionCall call, String open, String... words) {
    List<SqlNode> arguments = arguments(call);
    output.from(call).add(open);
    expressions.write(arguments.getFirst());
    for (int i = 0; i < words.length; i++) {
      output.add(words[i]);
      expressions.write(arguments.get(i + 1));
    }
    output.add(")");
  }

  private void trimFrom(FunctionCall call, String side) {
    List<SqlNode> arguments = arguments(call);
    output.from(call).add("TRIM(").add(side).add(" ");
    expressions.write(arguments.getFirst());
    output.add(" FROM ");
    expressions.list(arguments.subList(1, arguments.size()));
    output.add(")");
  }

  private void trim(FunctionCall call, String side) {
    output.from(call).add("TRIM(").add(side).add(" FROM ");
    expressions.list(call.arguments());
    output.add(")");
  }

  private void plain(FunctionCall call) {
    FunctionCall.Options options = call.options();
    output.from(call).names(call.name().names).add("(");
    output.add(options.star() ? "*" : "").add(options.distinct() ? "DISTINCT " : "");
    List<SqlNode> arguments = arguments(call);
    int last = arguments.size() - 1;
    for (int i = 0; i <= last; i++) {
      output.add(i == 0 ? "" : ", ").add(options.variadic() && i == last ? "VARIADIC " : "");
      expressions.write(arguments.get(i));
    }
    if (!options.withinGroup() && !call.orderBy().isEmpty()) {
      output.add(" ");
      expressions.orderBy(call.orderBy());
    }
    output.add(")");
    if (options.withinGroup()) {
      output.add(" WITHIN GROUP (");
      expressions.orderBy(call.orderBy());
      output.add(")");
    }
    call.filter()
        .ifPresent(condition -> {
          output.add(" FILTER (WHERE ");
          expressions.write(condition);
          output.add(")");
        });
    over(call);
  }

  private void over(FunctionCall call) {
    if (!call.options().over().isEmpty()) {
      output.add(" OVER ").from(call.options().overPosition()).name(call.options().over());
    }
    if (call.window().orElse(null) instanceof WindowDefinition window) {
      output.add(" OVER ");
      window(window);
    }
  }

  /// `(base PARTITION BY … ORDER BY … frame)`.
  void window(WindowDefinition window) {
    output.from(window).add("(");
    if (!window.base().isEmpty()) {
      output.name(window.base()).add(" ");
    }
    if (!window.partitionBy().isEmpty()) {
      output.add("PARTITION BY ");
      expressions.list(window.partitionBy());
      output.add(" ");
    }
    expressions.orderBy(window.orderBy());
    window.frame().ifPresent(frame -> frame(window, frame));
    output.add(")");
  }

  private void frame(WindowDefinition window, WindowDefinition.Frame frame) {
    output.add(" ").add(frame.units().name());
    output.add(frame.end() == null ? " " : " BETWEEN ");
    window.startOffset().ifPresent(expressions::write);
    output.add(" ").add(words(frame.start().name()));
    WindowDefinition.Bound end = frame.end();
    if (end != null) {
      output.add(" AND ");
      window.endOffset().ifPresent(expressions::write);
      output.add(" ").add(words(end.name()));
    }
    if (frame.exclusion() != WindowDefinition.Exclusion.UNSAID) {
      output.add(" EXCLUDE ").add(words(frame.exclusion().name()));
    }
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }
}
