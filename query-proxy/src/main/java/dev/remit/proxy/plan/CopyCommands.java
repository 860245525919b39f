package dev.remit.proxy.plan;

import dev.remit.platform.error.ErrorCode;
import dev.remit.proxy.model.CopyOptions;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.sql.model.Command;
import dev.remit.sql.model.FromItem;
import dev.remit.sql.model.Query;
import dev.remit.sql.model.Select;
import dev.remit.sql.model.Target;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/// `COPY … TO STDOUT`: the query it copies, and its options with PostgreSQL's defaults
/// (documentation, COPY).
final class CopyCommands {
  private CopyCommands() {}

  /// `COPY t (a, b)` copies `SELECT a, b FROM t`.
  static Query query(Command.Copy copy) {
    if (copy.query().isPresent()) {
      return (Query) copy.query().get();
    }
    SqlParserPos position = copy.getParserPosition();
    SqlNodeList targets = new SqlNodeList(position);
    for (String column : copy.columns()) {
      targets.add(new Target(position, new SqlIdentifier(column, position), null));
    }
    if (targets.isEmpty()) {
      targets.add(new Target(position, SqlIdentifier.star(position), null));
    }
    SqlNodeList from = new SqlNodeList(position);
    from.add(new FromItem.TableName(position, copy.table().orElseThrow(), false, null, null, null));
    return Query.of(
        new Select(
            position, Select.Quantity.ALL, null, targets, from, null, false, null, null, null));
  }

  static CopyOptions options(Command.Copy copy) {
    CopyOptions.Format format = CopyOptions.Format.TEXT;
    for (Command.Option option : copy.options()) {
      format =
          switch (option.name()) {
            case "format" -> format(option.value(), copy);
            case "csv", "binary" -> format(option.name(), copy);
            default -> format;
          };
    }
    boolean csv = format == CopyOptions.Format.CSV;
    char delimiter = csv ? ',' : '\t';
    String nullText = csv ? "" : "\\N";
    boolean header = false;
    char quote = '"';
    char escape = 0;
    boolean forceQuote = false;
    for (Command.Option option : copy.options()) {
      switch (option.name()) {
        case "format", "csv", "binary" -> {}
        case "delimiter" -> delimiter = single(option, copy);
        case "null" -> nullText = option.value();
        case "header" -> header = flag(option, copy);
        case "quote" -> quote = single(option, copy);
        case "escape" -> escape = single(option, copy);
        case "force_quote" -> forceQuote = everything(option, copy);
        case "encoding" -> utf8(option, copy);
        default -> throw invalid(copy, "COPY option " + option.name() + " is not supported");
      }
    }
    return new CopyOptions(
        format, delimiter, nullText, header, quote, escape == 0 ? quote : escape, forceQuote);
  }

  private static CopyOptions.Format format(String name, Command.Copy copy) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "text" -> CopyOptions.Format.TEXT;
      case "csv" -> CopyOptions.Format.CSV;
      case "binary" -> CopyOptions.Format.BINARY;
      default -> throw invalid(copy, "COPY format \"" + name + "\" is not known");
    };
  }

  private static char single(Command.Option option, Command.Copy copy) {
    if (option.value().length() != 1 || option.value().charAt(0) > 127) {
      throw invalid(copy, "COPY " + option.name() + " must be a single one-byte character");
    }
    return option.value().charAt(0);
  }

  private static boolean flag(Command.Option option, Command.Copy copy) {
    return switch (option.value().toLowerCase(Locale.ROOT)) {
      case "", "true", "on", "1" -> true;
      case "false", "off", "0" -> false;
      default -> throw invalid(copy, "COPY " + option.name() + " is true or false");
    };
  }

  private static boolean everything(Command.Option option, Command.Copy copy) {
    if (!option.values().equals(List.of("*")) && !option.value().equals("*")) {
      throw invalid(copy, "COPY force_quote is supported for all columns (*) only");
    }
    return true;
  }

  private static void utf8(Command.Option option, Command.Copy copy) {
    if (!option.value().equalsIgnoreCase("utf8") && !option.value().equalsIgnoreCase("utf-8")) {
      throw invalid(copy, "COPY encoding is UTF8");
    }
  }

  private static RuntimeException invalid(Command.Copy copy, String message) {
    return Refusal.at(copy, ErrorCode.FEATURE_NOT_SUPPORTED, message);
  }
}
