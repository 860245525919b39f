package dev.remit.sql.parser;

import dev.remit.sql.model.worded.Worded;

/// XMLELEMENT and its kin, and XMLTABLE.
///
/// Source: PostgreSQL documentation 9.15; `gram.y`, func_expr_common_subexpr and xmltable.
final class XmlReader extends WordedReader {

  XmlReader(PostgresParserImpl parser) {
    super(parser);
  }

  @Override
  void arguments(Worded.Form form) throws ParseException {
    switch (form) {
      case XMLCONCAT -> expressions();
      case XMLELEMENT -> element();
      case XMLFOREST -> attributes();
      case XMLEXISTS -> {
        primary();
        passing();
      }
      case XMLPARSE -> {
        oneOf("document", "content");
        expression();
        if (maybe("preserve") || maybe("strip")) {
          expect("whitespace");
        }
      }
      case XMLPI -> {
        expect("name");
        label();
        if (maybe(",")) {
          expression();
        }
      }
      case XMLROOT -> root();
      case XMLSERIALIZE -> {
        oneOf("document", "content");
        expression();
        expect("as");
        type();
        if (!maybe("no", "indent")) {
          maybe("indent");
        }
      }
      case XMLTABLE -> table();
      default -> throw new IllegalStateException(form + " is no XML");
    }
  }

  private void expressions() throws ParseException {
    do {
      expression();
    } while (maybe(","));
  }

  private void element() throws ParseException {
    expect("name");
    label();
    if (at(",", "xmlattributes", "(")) {
      expect(",", "xmlattributes", "(");
      attributes();
      expect(")");
    }
    if (maybe(",")) {
      expressions();
    }
  }

  private void attributes() throws ParseException {
    do {
      expression();
      if (maybe("as")) {
        label();
      }
    } while (maybe(","));
  }

  private void root() throws ParseException {
    expression();
    expect(",", "version");
    if (!maybe("no", "value")) {
      expression();
    }
    if (maybe(",")) {
      expect("standalone");
      if (!maybe("yes") && !maybe("no", "value")) {
        expect("no");
      }
    }
  }

  private void passing() throws ParseException {
    expect("passing");
    mechanism();
    primary();
    mechanism();
  }

  private void mechanism() {
    if (maybe("by")) {
      oneOf("ref", "value");
    }
  }

  private void table() throws ParseException {
    if (maybe("xmlnamespaces", "(")) {
      do {
        boolean standard = maybe("default");
        restricted();
        if (!standard) {
          expect("as");
          label();
        }
      } while (maybe(","));
      expect(")", ",");
    }
    primary();
    passing();
    expect("columns");
    do {
      tableColumn();
    } while (maybe(","));
  }

  private void tableColumn() throws ParseException {
    String name = columnName();
    if (maybe("for", "ordinality")) {
      column(name, -1);
      return;
    }
    column(name, type());
    while (!at(",") && !at(")")) {
      if (maybe("default") || maybe("path")) {
        restricted();
      } else if (!maybe("not", "null")) {
        expect("null");
      }
    }
  }
}
