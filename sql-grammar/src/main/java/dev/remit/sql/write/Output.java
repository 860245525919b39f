package dev.remit.sql.write;

import dev.remit.sql.model.text.WrittenSql;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The text while it grows, with the places where original positions change.
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final List<WrittenSql.Origin> origins = new ArrayList<>();
  private int counted;
  private int characters;

  /// What follows stems from that position; a node without one was added by a rewriter.
  Output from(SqlParserPos position) {
    int original = position.getLineNum() == 1 ? position.getColumnNum() : 0;
    characters += text.codePointCount(counted, text.length());
    counted = text.length();
    int written = characters + 1;
    if (!origins.isEmpty() && origins.getLast().written() == written) {
      origins.removeLast();
    }
    origins.add(new WrittenSql.Origin(written, original));
    return this;
  }

  Output from(SqlNode node) {
    return from(node.getParserPosition());
  }

  Output add(String part) {
    text.append(part);
    return this;
  }

  /// A name in double quotes.
  Output name(String name) {
    text.append('"').append(name.replace("\"", "\"\"")).append('"');
    return this;
  }

  Output names(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        text.append('.');
      }
      if (names.get(i).isEmpty()) {
        text.append('*');
      } else {
        name(names.get(i));
      }
    }
    return this;
  }

  /// Names with commas between, in parentheses; nothing when there are none.
  Output columns(List<String> columns) {
    if (columns.isEmpty()) {
      return this;
    }
    return add(" (").list(columns).add(")");
  }

  /// Names with commas between.
  Output list(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      add(i == 0 ? "" : ", ").name(names.get(i));
    }
    return this;
  }

  /// A string in single quotes, as standard_conforming_strings=on reads it.
  Output string(String value) {
    text.append('\'').append(value.replace("'", "''")).append('\'');
    return this;
  }

  WrittenSql finish() {
    return new WrittenSql(text.toString(), origins);
  }
}
