package dev.remit.sql.parser;

import dev.remit.sql.model.worded.Worded;
import dev.remit.sql.model.worded.Worded.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Reads one [Worded] call: what the grammars of SQL/JSON and XML have in common. A reader serves
/// one call.
abstract class WordedReader {
  private final PostgresParserImpl parser;
  private final List<Part> parts = new ArrayList<>();
  private final List<SqlNode> operands = new ArrayList<>();
  private final List<Worded.Column> columns = new ArrayList<>();

  WordedReader(PostgresParserImpl parser) {
    this.parser = parser;
  }

  /// What stands between the parentheses.
  abstract void arguments(Worded.Form form) throws ParseException;

  /// The whole call, its closing parenthesis included.
  SqlNode read() throws ParseException {
    SqlParserPos position = parser.here();
    parser.enter();
    Worded.Form form = Worded.Form.valueOf(Words.text(take()).toUpperCase(Locale.ROOT));
    expect("(");
    arguments(form);
    expect(")");
    after(form);
    parser.leave();
    return node(position, form, operands);
  }

  /// The node for what was read.
  SqlNode node(SqlParserPos position, Worded.Form form, List<SqlNode> read) {
    return new Worded(position, form, parts, columns, read.toArray(new SqlNode[0]));
  }

  private void after(Worded.Form form) throws ParseException {
    if (form != Worded.Form.JSON_ARRAYAGG && form != Worded.Form.JSON_OBJECTAGG) {
      return;
    }
    if (at("filter", "(")) {
      expect("filter", "(", "where");
      expression();
      expect(")");
    }
    if (at("over")) {
      expect("over");
      if (at("(")) {
        operand(parser.PgWindow());
      } else {
        columnName();
      }
    }
  }

  final PostgresParserImpl parser() {
    return parser;
  }

  private Token take() {
    LexemeToken token = (LexemeToken) parser.getNextToken();
    parts.add(new Part.Word(Words.text(token).toUpperCase(Locale.ROOT), token.position()));
    return token;
  }

  /// Whether these words come next.
  final boolean at(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!Words.is(parser.getToken(i + 1), words[i])) {
        return false;
      }
    }
    return true;
  }

  /// Takes these words, which have to come next.
  final void expect(String... words) {
    for (String word : words) {
      if (!at(word)) {
        throw Words.syntaxError(parser.getToken(1));
      }
      take();
    }
  }

  /// Takes these words if all of them come next.
  final boolean maybe(String... words) {
    if (!at(words)) {
      return false;
    }
    expect(words);
    return true;
  }

  /// Takes one of these words.
  final void oneOf(String... words) {
    for (String word : words) {
      if (maybe(word)) {
        return;
      }
    }
    throw Words.syntaxError(parser.getToken(1));
  }

  final int operand(SqlNode node) {
    operands.add(node);
    parts.add(new Part.Operand(operands.size() - 1));
    return operands.size() - 1;
  }

  final void expression() throws ParseException {
    operand(parser.PgExpression());
  }

  /// An expression without the operators that the standard's words are mistaken for (b_expr).
  final void restricted() throws ParseException {
    operand(parser.PgOperand(Precedence.LOWEST, true));
  }

  /// An expression that needs no parentheses (c_expr).
  final void primary() throws ParseException {
    operand(parser.PgPrimary());
  }

  final int type() throws ParseException {
    return operand(parser.PgType(false));
  }

  final void string() throws ParseException {
    operand(parser.PgString());
  }

  /// Any word, as behind AS.
  final void label() throws ParseException {
    parts.add(new Part.Name(parser.PgLabel()));
  }

  final String columnName() throws ParseException {
    String name = parser.PgColumnName();
    parts.add(new Part.Name(name));
    return name;
  }

  final void column(String name, int type) {
    columns.add(new Worded.Column(name, type));
  }
}
