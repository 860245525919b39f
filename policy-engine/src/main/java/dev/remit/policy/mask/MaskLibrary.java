package dev.remit.policy.mask;

import static dev.remit.policy.expression.SqlBuilder.binary;
import static dev.remit.policy.expression.SqlBuilder.call;
import static dev.remit.policy.expression.SqlBuilder.cast;
import static dev.remit.policy.expression.SqlBuilder.quote;
import static dev.remit.policy.expression.SqlBuilder.systemType;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.policy.expression.ColumnText;
import dev.remit.policy.expression.Expressions;
import dev.remit.policy.expression.PolicyText;
import dev.remit.policy.expression.SqlBuilder;
import dev.remit.policy.expression.TypeClass;
import dev.remit.policy.model.SqlExpression;
import dev.remit.policy.rules.MaskKind;
import dev.remit.policy.rules.MaskSpec;
import java.util.function.Supplier;

/// The masks for PostgreSQL types.
///
/// Known hazards of masks elsewhere and what is done here: a value too short to be partly hidden is
/// hidden whole (floor of [#SHORTEST_PARTLY_SHOWN] characters); line breaks are characters like any
/// other, because nothing matches line by line; letters of every script are replaced, because what
/// is kept is listed, not what is hidden; tokens are keyed, so a dictionary of small domains does
/// not open them; nothing is cut to fit a `varchar(n)`.
public final class MaskLibrary {
  /// A partly shown value hides at least as much as it shows.
  public static final int SHORTEST_PARTLY_SHOWN = 8;

  private static final int SHOWN = 4;
  private static final int TOKEN_CHARACTERS = 43;
  private static final String KEPT_IN_REDACTED = "[^ @.,:;_/()+-]";
  private static final String MAIL_DOMAIN = "^[A-Za-z0-9.-]+$";
  private static final int SHORTEST_LOCAL_PART = 3;

  private MaskLibrary() {}

  /// The mask over this column. A mask that would not keep the column's type and modifier, or whose
  /// argument does not fit, is an `IllegalArgumentException` that says so.
  public static SqlExpression apply(
      MaskSpec mask, Column column, Relation relation, Supplier<TokenKey> tokenKey) {
    SqlBuilder builder = new SqlBuilder();
    return switch (mask.kind()) {
      case NONE -> builder.expression(quote(column.name()));
      case NULL -> builder.expression(cast("NULL", column.type().formatted()));
      case CONSTANT -> Constant.apply(mask.argument(), column);
      case CUSTOM -> Expressions.mask(PolicyText.read(mask.argument()), relation, column);
      case YEAR -> typed(builder, year(column), column);
      case TOKEN -> typed(builder, token(builder, column, tokenKey.get()), column);
      case REDACT -> typed(builder, redacted(builder, text(mask.kind(), column)), column);
      case LAST4 -> typed(builder, partly(builder, text(mask.kind(), column), "right"), column);
      case FIRST4 -> typed(builder, partly(builder, text(mask.kind(), column), "left"), column);
      case PARTIAL_EMAIL ->
          typed(builder, partialEmail(builder, text(mask.kind(), column)), column);
    };
  }

  private static SqlExpression typed(SqlBuilder builder, String sql, Column column) {
    return builder.expression(cast(sql, column.type().formatted()));
  }

  private static String text(MaskKind kind, Column column) {
    if (TypeClass.of(column.type()) != TypeClass.TEXT) {
      throw new IllegalArgumentException(
          "the mask "
              + kind.shortName()
              + " is for text, but "
              + column.name()
              + " is "
              + column.type().formatted()
              + "; use null");
    }
    return ColumnText.asText(column);
  }

  private static String token(SqlBuilder builder, Column column, TokenKey key) {
    String value = text(MaskKind.TOKEN, column);
    int room = ColumnText.longest(column.type());
    if (room < TOKEN_CHARACTERS) {
      throw new IllegalArgumentException(
          "a token has "
              + TOKEN_CHARACTERS
              + " characters and does not fit into "
              + column.type().formatted()
              + "; use null or redact");
    }
    if (TypeClass.isCitext(column.type())) {
      value = call("lower", value);
    }
    String inner = builder.value("bytea", key.inner());
    String outer = builder.value("bytea", key.outer());
    String utf8 = call("convert_to", value, builder.value("text", "UTF8"));
    String digest = call("sha256", binary(inner, "||", utf8));
    String mac = call("sha256", binary(outer, "||", digest));
    String base64 = call("encode", mac, builder.value("text", "base64"));
    return call("translate", base64, builder.value("text", "+/="), builder.value("text", "-_"));
  }

  private static String redacted(SqlBuilder builder, String value) {
    return call(
        "regexp_replace",
        value,
        builder.value("text", KEPT_IN_REDACTED),
        builder.value("text", "x"),
        builder.value("text", "g"));
  }

  private static String hidden(SqlBuilder builder, String characters) {
    return call("repeat", builder.value("text", "x"), characters);
  }

  private static String partly(SqlBuilder builder, String value, String side) {
    String length = call("char_length", value);
    String shown = builder.value("int4", String.valueOf(SHOWN));
    String rest = hidden(builder, binary(length, "-", shown));
    String clear = call(side, value, shown);
    String mixed = side.equals("right") ? binary(rest, "||", clear) : binary(clear, "||", rest);
    String floor = builder.value("int4", String.valueOf(SHORTEST_PARTLY_SHOWN));
    return "CASE WHEN "
        + binary(length, ">=", floor)
        + " THEN "
        + mixed
        + " ELSE "
        + hidden(builder, length)
        + " END";
  }

  /// First character of the local part and the domain stay; what does not look like an address is
  /// hidden whole. The length stays, so it fits wherever the address did.
  private static String partialEmail(SqlBuilder builder, String value) {
    String length = call("char_length", value);
    String at = builder.value("text", "@");
    String fromAt = call("strpos", call("reverse", value), at);
    String one = builder.value("int4", "1");
    String local = binary(length, "-", fromAt);
    String domain = call("right", value, binary(fromAt, "-", one));
    String looksRight = call("textregexeq", domain, builder.value("text", MAIL_DOMAIN));
    String tail = call("right", value, fromAt);
    String enough = binary(local, ">=", builder.value("int4", String.valueOf(SHORTEST_LOCAL_PART)));
    String firstShown =
        binary(
            binary(call("left", value, one), "||", hidden(builder, binary(local, "-", one))),
            "||",
            tail);
    String localHidden = binary(hidden(builder, local), "||", tail);
    String missing = binary(fromAt, "=", builder.value("int4", "0"));
    return "CASE WHEN "
        + missing
        + " OR NOT "
        + looksRight
        + " THEN "
        + hidden(builder, length)
        + " WHEN "
        + enough
        + " THEN "
        + firstShown
        + " ELSE "
        + localHidden
        + " END";
  }

  private static String year(Column column) {
    String name = quote(column.name());
    String year = "'year'";
    return switch (TypeClass.of(column.type())) {
      case DATE -> call("date_trunc", year, cast(name, systemType("timestamp")));
      case TIMESTAMP -> call("date_trunc", year, name);
      case TIMESTAMPTZ -> call("date_trunc", year, name, "'UTC'");
      default ->
          throw new IllegalArgumentException(
              "the mask year is for dates, but "
                  + column.name()
                  + " is "
                  + column.type().formatted()
                  + "; use null");
    };
  }
}
