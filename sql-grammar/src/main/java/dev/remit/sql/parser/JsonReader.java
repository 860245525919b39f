package dev.remit.sql.parser;

import dev.remit.sql.model.Query;
import dev.remit.sql.model.worded.Worded;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The constructors, queries and the table of SQL/JSON.
///
/// Source: PostgreSQL documentation 9.16; `gram.y`, json_value_expr and what refers to it.
final class JsonReader extends WordedReader {
  /// Whether it is a call of the function json_object.
  private boolean plain;

  JsonReader(PostgresParserImpl parser) {
    super(parser);
  }

  @Override
  void arguments(Worded.Form form) throws ParseException {
    switch (form) {
      case JSON -> {
        value();
        uniqueKeys();
      }
      case JSON_SCALAR -> expression();
      case JSON_SERIALIZE -> {
        value();
        returning();
      }
      case JSON_ARRAY -> array();
      case JSON_ARRAYAGG -> {
        value();
        if (at("order")) {
          operand(parser().PgOrderBy());
        }
        nulls();
        returning();
      }
      case JSON_OBJECT -> {
        if (!at("returning") && !at(")")) {
          members();
        }
        returning();
      }
      case JSON_OBJECTAGG -> {
        member();
        nulls();
        uniqueKeys();
        returning();
      }
      case JSON_EXISTS -> {
        path();
        behaviours();
      }
      case JSON_VALUE -> {
        path();
        returning();
        behaviours();
      }
      case JSON_QUERY -> {
        path();
        returning();
        wrapper();
        quotes();
        behaviours();
      }
      case JSON_TABLE -> {
        value();
        expect(",");
        expression();
        if (maybe("as")) {
          columnName();
        }
        passing();
        columns();
        behaviours();
      }
      default -> throw new IllegalStateException(form + " is no JSON");
    }
  }

  /// A value that may say that it is JSON.
  private void value() throws ParseException {
    expression();
    format();
  }

  private void format() throws ParseException {
    if (maybe("format", "json") && maybe("encoding")) {
      columnName();
    }
  }

  private void returning() throws ParseException {
    if (maybe("returning")) {
      type();
      format();
    }
  }

  private void nulls() {
    if (!maybe("null", "on", "null")) {
      maybe("absent", "on", "null");
    }
  }

  private void uniqueKeys() {
    if (maybe("with", "unique") || maybe("without", "unique")) {
      maybe("keys");
    }
  }

  @Override
  SqlNode node(SqlParserPos position, Worded.Form form, List<SqlNode> read) {
    return plain ? Trees.plain(form.label(), position, read) : super.node(position, form, read);
  }

  private void array() throws ParseException {
    if (Words.startsQuery(parser().getToken(1))) {
      operand(parser().PgQuery());
      format();
    } else if (!at("returning") && !at(")")) {
      values();
    }
    returning();
  }

  private void values() throws ParseException {
    SqlNode first = parser().PgExpression();
    boolean query = first instanceof Query && Words.continuesQuery(parser().getToken(1));
    operand(query ? parser().PgQueryRest((Query) first) : first);
    format();
    while (!query && maybe(",")) {
      value();
    }
    nulls();
  }

  private void members() throws ParseException {
    expression();
    plain = at(",") || at(")");
    while (plain && maybe(",")) {
      expression();
    }
    if (plain) {
      return;
    }
    memberValue();
    while (maybe(",")) {
      member();
    }
    nulls();
    uniqueKeys();
  }

  private void member() throws ParseException {
    expression();
    memberValue();
  }

  private void memberValue() throws ParseException {
    oneOf(":", "value");
    value();
  }

  /// `context, path PASSING …`.
  private void path() throws ParseException {
    value();
    expect(",");
    expression();
    passing();
  }

  private void passing() throws ParseException {
    if (maybe("passing")) {
      do {
        value();
        expect("as");
        label();
      } while (maybe(","));
    }
  }

  private void wrapper() {
    if (maybe("without")) {
      maybe("array");
      expect("wrapper");
    } else if (maybe("with")) {
      if (!maybe("conditional")) {
        maybe("unconditional");
      }
      maybe("array");
      expect("wrapper");
    }
  }

  private void quotes() {
    if (maybe("keep") || maybe("omit")) {
      expect("quotes");
      maybe("on", "scalar", "string");
    }
  }

  /// `NULL ON EMPTY ERROR ON ERROR`.
  private void behaviours() throws ParseException {
    while (!at(",") && !at(")")) {
      if (maybe("default")) {
        expression();
      } else if (maybe("empty")) {
        if (!maybe("array")) {
          maybe("object");
        }
      } else {
        oneOf("error", "null", "true", "false", "unknown");
      }
      expect("on");
      oneOf("empty", "error");
    }
  }

  private void columns() throws ParseException {
    parser().enter();
    expect("columns", "(");
    do {
      if (maybe("nested")) {
        maybe("path");
        string();
        if (maybe("as")) {
          columnName();
        }
        columns();
      } else {
        tableColumn();
      }
    } while (maybe(","));
    expect(")");
    parser().leave();
  }

  private void tableColumn() throws ParseException {
    String name = columnName();
    if (maybe("for", "ordinality")) {
      column(name, -1);
      return;
    }
    column(name, type());
    maybe("exists");
    format();
    if (maybe("path")) {
      string();
    }
    wrapper();
    quotes();
    behaviours();
  }
}
